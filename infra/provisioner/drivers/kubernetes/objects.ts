/**
 * What the driver does with one object or one kind: list, read, apply, scale, delete, and a container's log. Each is one request.
 * Answers become values here; what a value means for a stack is for those who ask.
 */
import { DriverUnavailable } from "../driver.ts";
import { type Answer, type Call, type Client, messageOf } from "./client.ts";
import { CONTENT_ANNOTATION } from "./content.ts";
import { type Live, type LiveAny, readList, readObject } from "./live.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { POD_LOG, type ResourceRow } from "./verbs.ts";

/** Owner of the fields we apply; another's are taken over, for what is in a stack is ours. */
const FIELD_MANAGER = "shadow-infra";

/** Only names, labels and annotations: values of secrets need not travel to be compared. Kubernetes 1.15 and later. */
const METADATA_ONLY = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";

/** Items of one page; a stack has a few dozen objects. */
const PAGE_ITEMS = "500";

/** What the content mark says of a deployment that was scaled to nothing: no object's mark, so that the next pass brings it back. */
export const IDLE_MARK = "idle";

export interface Where {
  readonly resource: ResourceRow;
  /** Null: cluster-wide. */
  readonly namespace: string | null;
}

/** An object to apply. Its form is the compiler's business; here it is JSON with a name. */
interface Appliable {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
}

/** Everything of a kind that carries the labels. A kind the cluster does not have, or a namespace that is not there, has none. */
export async function listByLabel(
  client: Client,
  { resource, namespace }: Where,
  { selector, whole }: { readonly selector: string; readonly whole: boolean },
): Promise<readonly LiveAny[]> {
  const found: LiveAny[] = [];
  let next: string | null = null;
  do {
    const query: Record<string, string> = {
      labelSelector: selector,
      limit: PAGE_ITEMS,
      ...(next === null ? {} : { continue: next }),
    };
    const answer = await client.send({
      verb: "list",
      resource,
      namespace,
      query,
      ...(whole ? {} : { accept: METADATA_ONLY }),
    });
    if (answer.status === 404) return [];
    if (!isSuccess(answer)) throw mayNot(`list ${resource.resource}`, answer);
    const page = readList(answer.text);
    found.push(...page.items);
    next = page.next;
  } while (next !== null);
  return found;
}

/** Null: it is not there. */
export async function readOne(client: Client, { resource, namespace }: Where, name: string): Promise<LiveAny | null> {
  const answer = await client.send({ verb: "get", resource, namespace, name });
  if (answer.status === 404) return null;
  if (!isSuccess(answer)) throw mayNot(`get ${resource.resource} ${name}`, answer);
  return readObject(answer.text);
}

/** Server-side apply: made where it is not there. Strict, so that a field the cluster does not know is refused instead of dropped. */
export async function applyOne(client: Client, where: Where, object: Appliable): Promise<Live | Refusal> {
  const answer = await client.send({
    verb: "patch",
    ...where,
    name: object.metadata.name,
    query: { fieldManager: FIELD_MANAGER, force: "true", fieldValidation: "Strict" },
    contentType: "application/apply-patch+yaml",
    body: object,
  });
  if (isSuccess(answer)) return readObject(answer.text);
  return refusalOf(`${object.kind} ${object.metadata.name}`, answer.status, messageOf(answer.text));
}

/** To nothing, and marked so that the next pass sees the difference. */
export async function scaleToNothing(client: Client, where: Where, name: string): Promise<void> {
  await mergeInto(client, where, {
    metadata: { name, annotations: { [CONTENT_ANNOTATION]: IDLE_MARK } },
    spec: { replicas: 0 },
  });
}

/** Null takes an annotation off. */
export async function annotateOne(
  client: Client,
  where: Where,
  metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string | null>> },
): Promise<void> {
  await mergeInto(client, where, { metadata });
}

/** Gone in between: nothing to do. */
async function mergeInto(
  client: Client,
  where: Where,
  body: Pick<Appliable, "metadata"> & { readonly spec?: unknown },
): Promise<void> {
  const { name } = body.metadata;
  const query = { fieldManager: FIELD_MANAGER };
  const answer = await client.send({
    verb: "patch",
    ...where,
    name,
    query,
    contentType: "application/merge-patch+json",
    body,
  });
  expectDone(answer, `patch ${where.resource.resource} ${name}`);
}

/** Begins its deletion; dependants follow in the background. Not being there is done. */
export async function deleteOne(client: Client, where: Where, name: string): Promise<void> {
  const call: Call = { verb: "delete", ...where, name, body: { propagationPolicy: "Background" } };
  expectDone(await client.send(call), `delete ${where.resource.resource} ${name}`);
}

/** A conflict means that somebody was faster; the next look shows how it stands. */
function expectDone(answer: Answer, what: string): void {
  if (isSuccess(answer) || answer.status === 404 || answer.status === 409) return;
  throw mayNot(what, answer);
}

/** Last lines a stack's report shows of a container. */
const LOG_LINES = "30";
/** What is kept of them: bytes of ASCII, a line can be long. */
const LOG_CHARS = 8_192;
/** What is asked for: the server cuts at the end, where the reason stands, so it may send more than is kept. */
const LOG_BYTES = 262_144;

interface LogOf {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Of the run before this one: after a crash the new run has said nothing yet. */
  readonly previous: boolean;
}

/** Null: there is none (any more), or it may not be read; a reason is good without it. */
export async function lastLines(
  client: Client,
  { namespace, pod, container, previous }: LogOf,
): Promise<string | null> {
  const answer = await client.send({
    verb: "get",
    resource: POD_LOG,
    namespace,
    name: pod,
    query: {
      container,
      tailLines: LOG_LINES,
      limitBytes: String(LOG_BYTES),
      ...(previous ? { previous: "true" } : {}),
    },
    accept: "text/plain, application/json",
  });
  if (!isSuccess(answer) || answer.text === "") return null;
  return answer.text.slice(-LOG_CHARS);
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** Without this answer nothing is known of the stack: mostly rights that the provisioner was not given. */
function mayNot(what: string, answer: Answer): DriverUnavailable {
  return new DriverUnavailable(
    `The Kubernetes API server refused to ${what} (${answer.status}: ${messageOf(answer.text)}). Check the rights of the provisioner's account.`,
  );
}
