/**
 * How pods find each other. A Service for each service, with every port that is known. Where none is, one without an address of its own:
 * the name then leads to the pods themselves, at any port. Further names (`container_name`, aliases) are Services as well where they
 * can be, otherwise lines in the pods' hosts files, for which the driver has to look up addresses first.
 */
import { isAddress } from "../stack/address.ts";
import { isServiceName } from "../stack/names.ts";
import { type Draft, objectOf, type ServiceDraft } from "./draft.ts";
import { LABELS } from "./labels.ts";
import type { JsonObject, KubernetesObject } from "./object.ts";
import type { StackNote } from "./stack.ts";

/** What hosts files may hold (RFC 1123): neither underscores nor capitals. */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
export interface Found {
  readonly objects: readonly KubernetesObject[];
  /** Lines for the hosts files of all services' pods. */
  readonly hosts: readonly HostLine[];
  /** Services whose ClusterIP is not known yet. */
  readonly wanted: readonly string[];
  readonly notes: readonly StackNote[];
}

export interface HostLine {
  readonly name: string;
  readonly address: string;
}

interface Line {
  readonly part: ServiceDraft;
  readonly name: string;
}

export function servicesOf(draft: Draft): Found {
  const others = furtherNames(draft);
  const asServices = others.filter((line) => isService(draft, line));
  const lines = others.filter((line) => !isService(draft, line));
  const hosts = lines.filter(({ name, part }) => HOST_NAME.test(name) && hasAddress(part));
  const wanted = [...new Set(hosts.map(({ part }) => part.name))].filter(
    (name) => !Object.hasOwn(draft.addresses.clusterIps, name),
  );
  return {
    objects: [
      ...draft.services.map((part) => serviceOf(draft, part, part.name)),
      ...asServices.map(({ part, name }) => serviceOf(draft, part, name)),
    ],
    hosts: hosts.flatMap(({ name, part }) => {
      const { clusterIps } = draft.addresses;
      return Object.hasOwn(clusterIps, part.name) ? [{ name, address: clusterIps[part.name] ?? "" }] : [];
    }),
    wanted,
    notes: lines.filter((line) => !hosts.includes(line)).map(noteOf),
  };
}

/** Names that no pod can look up whatever is done: no Service and no hosts file takes them. */
export function impossibleNames(draft: Draft): readonly string[] {
  return furtherNames(draft)
    .filter((line) => !isService(draft, line) && !HOST_NAME.test(line.name))
    .map(({ name }) => name);
}

/** Whether a Service with an address can be made: it needs a port. */
export function hasAddress({ ports }: ServiceDraft): boolean {
  return ports.all.length > 0;
}

/**
 * Names under which compose services reach a service, but for the one its Service has; in lower case, as names are looked up. Where
 * several claim one, a service whose name it is has it, then other services, then aliases, by the file's order.
 */
export function furtherNames({ services, workload }: Draft): readonly Line[] {
  const byName = new Map(services.map((part) => [part.service.name, part]));
  const parts = workload.project.services.flatMap(({ name }) => byName.get(name) ?? []);
  const claims = [
    ...parts.filter(({ service, name }) => service.name === name).map((part) => [part.name, part] as const),
    ...parts.map((part) => [part.service.name.toLowerCase(), part] as const),
    ...parts.flatMap((part) => part.service.aliases.map((alias) => [alias.toLowerCase(), part] as const)),
  ];
  const names = new Map<string, ServiceDraft>();
  for (const [name, part] of claims) if (!names.has(name)) names.set(name, part);
  return [...names].filter(([name, part]) => name !== part.name).map(([name, part]) => ({ name, part }));
}

function isService({ names, cluster }: Draft, { name }: Line): boolean {
  return (
    cluster.namespace === null &&
    isServiceName(name) &&
    !/^shadow(?:-|$)/.test(name) &&
    ![...names.services.values()].includes(name)
  );
}

function serviceOf(draft: Draft, part: ServiceDraft, name: string): KubernetesObject {
  const selector = { ...draft.selector, [LABELS.part]: "service", [LABELS.service]: part.name };
  const ports = part.ports.all.map(({ port, protocol }) => ({
    name: `${protocol}-${port}`,
    port,
    targetPort: port,
    protocol: protocol.toUpperCase(),
  }));
  const spec: JsonObject = hasAddress(part) ? { type: "ClusterIP", selector, ports } : { clusterIP: "None", selector };
  return objectOf(draft, "Service", { name, spec });
}

/** `hostAliases` of the pods of one service: those of all, and its own `extra_hosts`, which come first. */
export function hostAliasesOf({ service }: ServiceDraft, hosts: readonly HostLine[]): readonly JsonObject[] {
  const own = service.extraHosts
    .map(({ name, address }) => ({ name: name.toLowerCase(), address }))
    .filter((line) => isHostLine(line));
  const byAddress = new Map<string, readonly string[]>();
  const all = [...own, ...hosts.filter(({ name }) => !own.some((line) => line.name === name))];
  for (const { name, address } of all) {
    const names = byAddress.get(address) ?? [];
    if (!names.includes(name)) byAddress.set(address, [...names, name]);
  }
  return [...byAddress].map(([ip, hostnames]) => ({ ip, hostnames }));
}

/** Whether a hosts file takes it: a name, and an address in numbers. */
export function isHostLine({ name, address }: HostLine): boolean {
  return HOST_NAME.test(name.toLowerCase()) && isAddress(address);
}

function noteOf({ part, name }: Line): StackNote {
  const why = hasAddress(part)
    ? "is no name that a cluster can have"
    : "has no port that is known, so a cluster has no address for it";
  return {
    service: part.service.name,
    code: "unreachable-name",
    effect: "adjusted",
    message: `Other services cannot reach it as "${name}": it ${why}. Its name here is "${part.name}"; declare the port with expose, or use a name of letters, digits and dashes.`,
  };
}
