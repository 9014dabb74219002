/** What a real API server refuses: names, missing or ending namespaces, immutable fields. Each answers in its own words and status. */
import type { Store, Stored } from "./store.ts";

export interface ApiStatus {
  readonly status: number;
  readonly reason: string;
  readonly message: string;
}

const DNS_1123 = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;
const DNS_1035 = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Names that end up as DNS labels. */
const LABEL_NAMED = new Set(["services", "namespaces"]);

/** Paths that never change, by resource. */
const IMMUTABLE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  deployments: [["spec", "selector"]],
  jobs: [
    ["spec", "template"],
    ["spec", "selector"],
  ],
  services: [["spec", "clusterIP"]],
  rolebindings: [["roleRef"]],
};

/** The first rule that the object about to be written breaks. */
export function brokenRule(
  store: Store,
  resource: string,
  { before, after }: { before?: Stored | undefined; after: Stored },
): ApiStatus | null {
  return (
    nameRule(resource, after) ??
    namespaceRule(store, after) ??
    labelRule(after) ??
    immutableRule(resource, before, after) ??
    portRule(resource, after)
  );
}

function nameRule(resource: string, { kind, metadata }: Stored): ApiStatus | null {
  const pattern =
    resource === "services"
      ? DNS_1035
      : LABEL_NAMED.has(resource)
        ? /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/
        : DNS_1123;
  if (pattern.test(metadata.name)) return null;
  const form = resource === "services" ? "a DNS-1035 label" : "a lowercase RFC 1123 subdomain";
  return invalid(
    `${kind} "${metadata.name}" is invalid: metadata.name: Invalid value: "${metadata.name}": ${form} must consist of lower case alphanumeric characters`,
  );
}

function labelRule({ kind, metadata }: Stored): ApiStatus | null {
  const wrong = Object.entries(metadata.labels ?? {}).find(([, value]) => !LABEL_VALUE.test(value));
  if (wrong === undefined) return null;
  return invalid(
    `${kind} "${metadata.name}" is invalid: metadata.labels: Invalid value: "${wrong[1]}": a valid label must be an empty string or consist of alphanumeric characters`,
  );
}

function namespaceRule(store: Store, { metadata }: Stored): ApiStatus | null {
  if (metadata.namespace === undefined) return null;
  const home = store.get("namespaces", null, metadata.namespace);
  if (home === undefined)
    return { status: 404, reason: "NotFound", message: `namespaces "${metadata.namespace}" not found` };
  if (home.metadata.deletionTimestamp === undefined) return null;
  return {
    status: 403,
    reason: "Forbidden",
    message: `"${metadata.name}" is forbidden: unable to create new content in namespace ${metadata.namespace} because it is being terminated`,
  };
}

function immutableRule(resource: string, before: Stored | undefined, after: Stored): ApiStatus | null {
  if (before === undefined) return null;
  const changed = (IMMUTABLE[resource] ?? []).find((path) => {
    const was = at(before, path);
    const is = at(after, path);
    return was !== undefined && is !== undefined && JSON.stringify(was) !== JSON.stringify(is);
  });
  if (changed === undefined) return null;
  return invalid(
    `${after.kind} "${after.metadata.name}" is invalid: ${changed.join(".")}: Invalid value: field is immutable`,
  );
}

/** Server-side apply keys a Service's ports by number and protocol: without one of them 1.20 fails with a 500. */
function portRule(resource: string, after: Stored): ApiStatus | null {
  const ports = at(after, ["spec", "ports"]);
  if (resource !== "services" || !Array.isArray(ports)) return null;
  if (ports.every((port: { protocol?: string }) => port.protocol !== undefined)) return null;
  return {
    status: 500,
    reason: "InternalError",
    message: `failed to create typed patch object: .spec.ports: element 0: associative list with keys has an element that omits key field "protocol"`,
  };
}

function invalid(message: string): ApiStatus {
  return { status: 422, reason: "Invalid", message };
}

function at(object: Stored, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);
}
