/**
 * One call to the API server: kubeconfig and credentials by the official client, bodies as plain JSON, because its typed methods drop
 * fields they do not know. Gives every answer of the API as a value; whatever leaves nothing known rejects with `DriverUnavailable`.
 */
import { HttpMethod, IsomorphicFetchHttpLibrary, type KubeConfig, RequestContext } from "@kubernetes/client-node";
import { DriverUnavailable } from "../driver.ts";
import { authenticate, forgetConnection } from "./connection.ts";
import type { ResourceRow, Verb } from "./verbs.ts";

/** Longer than the API server's own 34 s limit of a mutating request would hold up the loop. */
export const CALL_TIMEOUT_MS = 15_000;

const METHODS: Readonly<Record<Verb, HttpMethod>> = {
  get: HttpMethod.GET,
  list: HttpMethod.GET,
  create: HttpMethod.POST,
  patch: HttpMethod.PATCH,
  delete: HttpMethod.DELETE,
};

export interface Call {
  readonly verb: Verb;
  readonly resource: ResourceRow;
  /** Null: cluster-wide. */
  readonly namespace: string | null;
  readonly name?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** For holding the calls that were made against the rights that were given. */
export type OnCall = (call: {
  readonly verb: Verb;
  readonly apiGroup: string;
  /** Plural, with the sub-resource: `pods/log`. */
  readonly resource: string;
  /** Null: cluster-wide. */
  readonly namespace: string | null;
}) => void;

export interface ClientOptions {
  readonly kubeConfig: KubeConfig;
  readonly onCall?: OnCall | undefined;
  readonly timeoutMs?: number | undefined;
}

/** Bound to one pass: its signal ends every call of it. */
export interface Client {
  readonly send: (call: Call) => Promise<Answer>;
}

export function clientOf(options: ClientOptions, signal: AbortSignal): Client {
  return { send: async (call) => send(options, call, signal) };
}

async function send(options: ClientOptions, call: Call, signal: AbortSignal): Promise<Answer> {
  const { resource, verb } = call;
  options.onCall?.({ verb, apiGroup: resource.apiGroup, resource: resource.resource, namespace: call.namespace });
  signal.throwIfAborted();
  const limit = AbortSignal.timeout(options.timeoutMs ?? CALL_TIMEOUT_MS);
  const request = requestOf(options.kubeConfig, call);
  request.setSignal(AbortSignal.any([signal, limit]));
  let answer: Answer;
  try {
    await authenticate(options.kubeConfig, request);
    const response = await new IsomorphicFetchHttpLibrary().send(request).toPromise();
    answer = { status: response.httpStatusCode, text: await response.body.text() };
  } catch (error) {
    if (signal.aborted) throw error;
    forgetConnection(options.kubeConfig);
    throw new DriverUnavailable(
      `The Kubernetes API server did not answer (${wordsOf(call)}): ${limit.aborted ? "no answer in time" : causeOf(error)}. It is asked again.`,
      { cause: error },
    );
  }
  if (isUnavailable(answer)) throw new DriverUnavailable(unavailableWords(call, answer));
  return answer;
}

function requestOf(kubeConfig: KubeConfig, call: Call): RequestContext {
  const server = kubeConfig.getCurrentCluster()?.server;
  if (server === undefined) throw new DriverUnavailable("The kubeconfig names no cluster in its current context.");
  const request = new RequestContext(`${server.replace(/\/$/, "")}${pathOf(call)}`, METHODS[call.verb]);
  request.setHeaderParam("Accept", call.accept ?? "application/json");
  for (const [name, value] of Object.entries(call.query ?? {})) request.setQueryParam(name, value);
  if (call.body !== undefined) {
    request.setHeaderParam("Content-Type", call.contentType ?? "application/json");
    request.setBody(JSON.stringify(call.body));
  }
  return request;
}

/** `/apis/apps/v1/namespaces/a/deployments/web`; a sub-resource such as `pods/log` has the object's name in its middle. */
export function pathOf({ resource, namespace, name }: Call): string {
  const root = resource.apiGroup === "" ? `/api/${resource.version}` : `/apis/${resource.apiGroup}/${resource.version}`;
  const home = resource.namespaced && namespace !== null ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  const [plural = "", sub] = resource.resource.split("/");
  return [
    `${root}${home}`,
    plural,
    ...(name === undefined ? [] : [encodeURIComponent(name)]),
    ...(sub === undefined ? [] : [sub]),
  ].join("/");
}

/**
 * Busy, broken or not letting us in: nothing is known of the stack. A 500 that is about the object sent (a field its schema does not
 * have, of server-side apply) would never go away by waiting, so it counts as an answer.
 */
function isUnavailable({ status, text }: Answer): boolean {
  if (status === 401 || status === 408 || status === 429) return true;
  return status >= 500 && !/failed to create typed|field not declared in schema|omits key field/.test(text);
}

function unavailableWords(call: Call, { status, text }: Answer): string {
  const why =
    status === 401
      ? "it does not accept the provisioner's credentials; check its kubeconfig or service account"
      : status === 429
        ? "it asks to come back later"
        : `it failed (${messageOf(text)})`;
  return `The Kubernetes API server answered ${status} (${wordsOf(call)}): ${why}. It is asked again.`;
}

function wordsOf({ verb, resource, namespace, name }: Call): string {
  return [verb, resource.resource, name, namespace === null ? undefined : `in ${namespace}`]
    .filter((word) => word !== undefined)
    .join(" ");
}

/** fetch hides what happened in `cause`. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}

const LONGEST_MESSAGE_CHARS = 1_000;

/** The API's own words: `message` of a Status, or the text where a proxy in between answered. */
export function messageOf(text: string): string {
  const message = /^\s*\{/.test(text) ? statusMessage(text) : null;
  return (message ?? text.trim()).slice(0, LONGEST_MESSAGE_CHARS);
}

function statusMessage(text: string): string | null {
  try {
    const status: unknown = JSON.parse(text);
    if (typeof status !== "object" || status === null || !("message" in status)) return null;
    return typeof status.message === "string" ? status.message : null;
  } catch {
    return null;
  }
}
