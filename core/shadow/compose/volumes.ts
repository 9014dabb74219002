/** Named volumes of the file: each is an empty volume of the stack, so what would bring content of a host is refused. */
import { childOf, entriesOf, type Node, textAt } from "./node.ts";
import { composeBoolean } from "./quantities.ts";
import { refuse, type Spot } from "./reading.ts";
import type { ServiceView } from "./view.ts";

/** Whether a service may mount the volume; why not has been said. */
export function volumeIsUsable(view: ServiceView, name: string, spot: Spot): boolean {
  const section = childOf(view.file, "volumes");
  const entry = section?.kind === "map" ? section.entries.get(name) : undefined;
  if (entry === undefined) {
    const message = `The file has no volume "${name.slice(0, 80)}". Add it to volumes: at the end of the file.`;
    refuse(view.reading, spot, { code: "undefined-volume", message });
    return false;
  }
  const at = { place: entry.place, key: `volumes.${name}` };
  if (isExternal(entry.node)) {
    const message = "The volume is not part of the file. Make it one of the stack's own, which begins empty.";
    refuse(view.reading, at, { code: "external-resource", message });
    return false;
  }
  const device = textAt(childOf(childOf(entry.node, "driver_opts"), "device"));
  if (device === undefined || textAt(childOf(childOf(entry.node, "driver_opts"), "type")) === "tmpfs") return true;
  const message = `The volume is ${device.slice(0, 80)} of the host or of the network. Use an empty one.`;
  refuse(view.reading, at, { code: "host-path", message });
  return false;
}

/** `external: true`, or the old form with a name. */
export function isExternal(node: Node): boolean {
  const external = childOf(node, "external");
  if (external === undefined) return false;
  return external.kind === "map" ? entriesOf(external).length > 0 : composeBoolean(textAt(external) ?? "") !== false;
}
