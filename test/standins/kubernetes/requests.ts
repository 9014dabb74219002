/** One request of the REST protocol against the double's store: path -> resource -> verb -> rules -> answer. */
import { type ApiStatus, brokenRule } from "./rules.ts";
import type { Store, Stored } from "./store.ts";

export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly contentType: string;
  readonly accept: string;
  readonly body: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Cluster {
  readonly store: Store;
  readonly now: () => number;
  /** Called for every list of pods: the controllers' turn. */
  readonly turn: () => void;
  /** Looks at a namespace that is going, before it is gone. */
  readonly terminationLooks: () => number;
  readonly logOf: (pod: Stored, previous: boolean) => string;
  /** Groups the cluster does not serve. */
  readonly missingGroups: readonly string[];
}

const PATH =
  /^\/(?:api\/(v1)|apis\/([^/]+)\/([^/]+))(?:\/namespaces\/([^/]+)(?=\/[^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/;

interface Target {
  readonly resource: string;
  readonly namespace: string | null;
  readonly name: string | undefined;
  readonly sub: string | undefined;
}

export function answerTo(cluster: Cluster, request: ApiRequest): ApiAnswer {
  const [, , group = "", , namespace, resource = "", name, sub] = PATH.exec(request.url.pathname) ?? [];
  if (resource === "" || cluster.missingGroups.includes(group))
    return statusAnswer({
      status: 404,
      reason: "NotFound",
      message: "the server could not find the requested resource",
    });
  const target: Target = { resource, namespace: namespace ?? null, name, sub };
  switch (request.method) {
    case "GET":
      return name === undefined
        ? list(cluster, target, request)
        : sub === "log"
          ? log(cluster, target, request)
          : read(cluster, target);
    case "POST":
      return write(cluster, target, { body: request.body, how: "create", request });
    case "PATCH":
      return write(cluster, target, {
        body: request.body,
        how: request.contentType.includes("apply-patch") ? "apply" : "merge",
        request,
      });
    case "DELETE":
      return remove(cluster, target);
    default:
      return statusAnswer({
        status: 405,
        reason: "MethodNotAllowed",
        message: "the server does not allow this method",
      });
  }
}

function list({ store, turn }: Cluster, { resource, namespace }: Target, { url, accept }: ApiRequest): ApiAnswer {
  if (resource === "pods") turn();
  const wanted = (url.searchParams.get("labelSelector") ?? "").split(",").filter((term) => term !== "");
  const items = store.all(resource, namespace).filter(({ metadata }) =>
    wanted.every((term) => {
      const [key = "", value] = term.split("=");
      return value === undefined ? metadata.labels?.[key] !== undefined : metadata.labels?.[key] === value;
    }),
  );
  const metadataOnly = accept.includes("PartialObjectMetadataList");
  return {
    status: 200,
    body: {
      kind: "List",
      metadata: {},
      items: items.map((item) => (metadataOnly ? { metadata: item.metadata } : shown(item))),
    },
  };
}

function read(cluster: Cluster, { resource, namespace, name = "" }: Target): ApiAnswer {
  const { store } = cluster;
  const found = store.get(resource, namespace, name);
  if (found === undefined) return notFound(resource, name);
  if (resource === "namespaces" && found.metadata.deletionTimestamp !== undefined) {
    const looks = Number(found.looks ?? 0) + 1;
    found.looks = looks;
    if (looks > cluster.terminationLooks()) endNamespace(store, name);
  }
  return { status: 200, body: shown(found) };
}

function endNamespace(store: Store, name: string): void {
  for (const resource of store.resources())
    for (const { metadata } of store.all(resource, name)) store.drop(resource, name, metadata.name);
  store.drop("namespaces", null, name);
}

function log({ store, logOf }: Cluster, { namespace, name = "" }: Target, { url }: ApiRequest): ApiAnswer {
  const pod = store.get("pods", namespace, name);
  if (pod === undefined) return notFound("pods", name);
  return { status: 200, body: logOf(pod, url.searchParams.get("previous") === "true") };
}

interface Writing {
  readonly body: unknown;
  readonly how: "create" | "apply" | "merge";
  readonly request: ApiRequest;
}

function write({ store }: Cluster, target: Target, { body, how, request }: Writing): ApiAnswer {
  // A body of this API is an object with kind and metadata; the rules look at the rest.
  const sent = body as Stored;
  const name = target.name ?? sent.metadata.name;
  const before = store.get(target.resource, target.namespace, name);
  if (how === "create" && before !== undefined)
    return statusAnswer({
      status: 409,
      reason: "AlreadyExists",
      message: `${target.resource} "${name}" already exists`,
    });
  if (how === "merge" && before === undefined) return notFound(target.resource, name);
  if (before?.metadata.deletionTimestamp !== undefined && how === "apply" && before.spec === undefined)
    return statusAnswer({ status: 409, reason: "Conflict", message: "object is being deleted" });
  const manager = request.url.searchParams.get("fieldManager") ?? "unknown";
  const other = before?.metadata.managedFields?.find((field) => field.manager !== manager);
  if (how === "apply" && other !== undefined && request.url.searchParams.get("force") !== "true")
    return statusAnswer({
      status: 409,
      reason: "Conflict",
      message: `Apply failed with 1 conflict: conflict with "${other.manager}"`,
    });
  const after = merged({ before, sent, how, name, namespace: target.namespace });
  const broken = brokenRule(store, target.resource, { before, after });
  if (broken !== null) return statusAnswer(broken);
  if (target.resource === "services") assignAddresses(store, after);
  const managed = before?.metadata.managedFields ?? [];
  after.metadata.managedFields = [
    ...managed.filter((field) => field.manager !== manager),
    { manager, operation: how === "apply" ? "Apply" : "Update" },
  ];
  after.status ??= target.resource === "namespaces" ? { phase: "Active" } : {};
  return { status: before === undefined ? 201 : 200, body: shown(store.put(target.resource, after)) };
}

/** Applying replaces what was applied before; what the server assigned, and the status, stay. */
function merged(parts: {
  before: Stored | undefined;
  sent: Stored;
  how: Writing["how"];
  name: string;
  namespace: string | null;
}): Stored {
  const { before, sent, how, name, namespace } = parts;
  const base = how === "merge" && before !== undefined ? (deepMerge(before, sent) as Stored) : { ...sent };
  const metadata = { ...before?.metadata, ...base.metadata, name, ...(namespace === null ? {} : { namespace }) };
  if (how === "apply" && before?.metadata.deletionTimestamp !== undefined)
    metadata.deletionTimestamp = before.metadata.deletionTimestamp;
  const kept = before === undefined ? {} : { status: before.status };
  const clusterIP = before?.spec?.clusterIP;
  const spec = clusterIP === undefined || base.spec === undefined ? base.spec : { clusterIP, ...base.spec };
  return { ...base, ...kept, ...(spec === undefined ? {} : { spec: structuredClone(spec) }), metadata };
}

/** A service keeps its addresses; node ports come from their own range. */
function assignAddresses(store: Store, service: Stored): void {
  const used = store.all("services").length;
  const spec = (service.spec ??= {});
  spec.clusterIP ??= `10.96.${used >> 8}.${(used & 0xff) + 1}`;
  if (spec.type !== "NodePort" || !Array.isArray(spec.ports)) return;
  spec.ports = spec.ports.map((port: { nodePort?: number }) => ({ nodePort: 30_000 + used, ...port }));
}

function remove({ store, now }: Cluster, { resource, namespace, name = "" }: Target): ApiAnswer {
  const found = store.get(resource, namespace, name);
  if (found === undefined) return notFound(resource, name);
  if (resource === "namespaces" || resource === "pods") {
    found.metadata.deletionTimestamp ??= new Date(now()).toISOString();
    if (resource === "namespaces") found.status = { phase: "Terminating" };
    store.touch(found);
  } else store.drop(resource, namespace, name);
  return { status: 200, body: { kind: "Status", status: "Success" } };
}

function deepMerge(into: unknown, patch: unknown): unknown {
  if (!isRecord(into) || !isRecord(patch)) return patch;
  const merge = Object.entries(patch).map(([key, value]) => [key, deepMerge(into[key], value)] as const);
  return Object.fromEntries(
    Object.entries({ ...into, ...Object.fromEntries(merge) }).filter(([, value]) => value !== null),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Without the double's own notes. */
function shown({ turns: _turns, turnsLeft: _left, template: _template, looks: _looks, ...object }: Stored): unknown {
  return object;
}

function notFound(resource: string, name: string): ApiAnswer {
  return statusAnswer({ status: 404, reason: "NotFound", message: `${resource} "${name}" not found` });
}

function statusAnswer({ status, reason, message }: ApiStatus): ApiAnswer {
  return { status, body: { kind: "Status", apiVersion: "v1", status: "Failure", code: status, reason, message } };
}
