/** `extends`: a service that begins as a copy of another one, of the same file or of another file of the repository. */
import { type FileAt, loadFile, pathInside, type Scope } from "./load.ts";
import { mergeService, withoutResets } from "./merge.ts";
import { childOf, type Entry, entriesOf, type MapNode, type Node, textAt } from "./node.ts";
import { folderOf } from "./paths.ts";
import { refuse, type Spot } from "./reading.ts";

/** Services one behind the other. */
const MAX_CHAIN = 50;

/** The file with every service's `extends` carried out. */
export function applyExtends(scope: Scope, file: MapNode): MapNode {
  const entry = file.entries.get("services");
  if (entry?.node.kind !== "map") return file;
  const services = entry.node;
  const applied = entriesOf(services).map((service): [string, Entry] => {
    const link = { services, file: services.place.file, name: service.key };
    return [service.key, { ...service, node: serviceOf(scope, link, []) ?? service.node }];
  });
  const extended = { ...entry, node: { ...services, entries: new Map(applied) } };
  return { ...file, entries: new Map([...file.entries, ["services", extended]]) };
}

interface Link {
  readonly services: MapNode;
  readonly file: string;
  readonly name: string;
}

/** Undefined: there is none, which has been said, or its file has been asked for. */
function serviceOf(scope: Scope, link: Link, chain: readonly string[]): Node | undefined {
  const service = childOf(link.services, link.name);
  const extended = childOf(service, "extends");
  if (service?.kind !== "map" || extended === undefined) return service;
  const spot = { place: extended.place, key: `services.${link.name}.extends` };
  const id = `${link.file}#${link.name}`;
  if (chain.includes(id) || chain.length >= MAX_CHAIN) {
    refuse(scope.reading, spot, { code: "extends-cycle", message: "The service extends itself, by way of others." });
    return undefined;
  }
  const target = targetOf(scope, { link, extended, spot });
  const base = target === undefined ? undefined : serviceOf(scope, target, [...chain, id]);
  if (base === undefined) return undefined;
  const own = { ...service, entries: new Map([...service.entries].filter(([key]) => key !== "extends")) };
  return mergeService(withoutResets(base), own);
}

interface Extension {
  readonly link: Link;
  readonly extended: Node;
  readonly spot: Spot;
}

function targetOf(scope: Scope, { link, extended, spot }: Extension): Link | undefined {
  const name = textAt(extended) ?? textAt(childOf(extended, "service"));
  const from = textAt(childOf(extended, "file"));
  if (name === undefined) {
    const message = "extends takes a service, or a map with service: and file:.";
    refuse(scope.reading, spot, { code: "form", message });
    return undefined;
  }
  const services = from === undefined ? link.services : servicesOf(scope, from, spot);
  if (services === undefined) return undefined;
  const target = { services, file: services.place.file, name };
  if (services.entries.has(name)) return target;
  const message = `${target.file} has no service "${name}" to extend.`;
  refuse(scope.reading, spot, { code: "unknown-service", message });
  return undefined;
}

/** Paths in the other file start from its own folder. */
function servicesOf(scope: Scope, from: string, spot: Spot): MapNode | undefined {
  const path = pathInside(scope.reading, from, spot);
  if (path === undefined) return undefined;
  const at: FileAt = { path, base: folderOf(path), spot };
  const file = loadFile(scope, at);
  const services = childOf(file, "services");
  if (file !== undefined && services?.kind !== "map")
    refuse(scope.reading, spot, { code: "form", message: `${path} has no services.` });
  return services?.kind === "map" ? services : undefined;
}
