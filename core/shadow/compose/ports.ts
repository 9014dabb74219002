/** `ports` and `expose` as container ports. What the host publishes has no meaning in a stack. */
import { childOf, itemsOf, type Node, textAt } from "./node.ts";
import type { ServicePort } from "./project.ts";
import { adjust, refuse, type Spot } from "./reading.ts";
import { at, itemSpot, type ServiceView } from "./view.ts";

/** Ports of one service. */
const MAX_PORTS = 100;
const HIGHEST_PORT = 65_535;

const RANGE = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/;

/** In the file's order, each once. */
export function portsOf(view: ServiceView, key: "ports" | "expose"): readonly ServicePort[] {
  const found = new Map<string, ServicePort>();
  for (const [n, item] of itemsOf(at(view, key)).entries()) {
    const spot = itemSpot(view, key, { n, item });
    for (const port of portsIn(view, item, spot)) found.set(`${port.port}/${port.protocol}`, port);
    if (found.size > MAX_PORTS) {
      refuse(view.reading, spot, {
        code: "too-many-ports",
        message: `The service has more than ${MAX_PORTS} ports. Name those that are used.`,
      });
      break;
    }
  }
  return [...found.values()].slice(0, MAX_PORTS);
}

function portsIn(view: ServiceView, item: Node, spot: Spot): readonly ServicePort[] {
  const written = item.kind === "map" ? longForm(item) : shortForm(textAt(item) ?? "");
  const range = written === null || !/^[a-z]+$/i.test(written.protocol) ? null : rangeOf(written.port);
  if (written === null || range === null) {
    const message = 'It is no port. Write "80", "8080:80", "8000-8005" or "53:53/udp".';
    refuse(view.reading, spot, { code: "port", message });
    return [];
  }
  const protocol = written.protocol.toLowerCase();
  if (protocol !== "tcp" && protocol !== "udp") {
    adjust(view.reading, spot, { code: "protocol", message: `Ports are tcp or udp; ${protocol} is left out.` });
    return [];
  }
  // One more than the limit is enough to be refused by it.
  const count = Math.min(range.last - range.first, MAX_PORTS) + 1;
  return Array.from({ length: count }, (_, n) => ({ port: range.first + n, protocol }));
}

interface Written {
  /** One port or a range. */
  readonly port: string;
  readonly protocol: string;
}

function longForm(item: Node): Written {
  return {
    port: textAt(childOf(item, "target")) ?? "",
    protocol: textAt(childOf(item, "protocol")) ?? "tcp",
  };
}

/** `[[host ip:]host port:]container port[/protocol]`; an IPv6 address stands in brackets or has colons of its own. */
function shortForm(text: string): Written | null {
  const [whole = "", protocol = "tcp", more] = text.split("/");
  const cut = whole.lastIndexOf(":");
  const [before, port] = cut === -1 ? ["", whole] : [whole.slice(0, cut), whole.slice(cut + 1)];
  const host = before.slice(before.lastIndexOf(":") + 1);
  const published = rangeOf(host);
  const target = rangeOf(port);
  if (more !== undefined || protocol === "" || target === null) return null;
  if (host !== "" && published === null) return null;
  // A range of the container meets a range of the host of the same length.
  const lengths = published === null ? [] : [published.last - published.first, target.last - target.first];
  return lengths.length === 2 && lengths[1] !== 0 && lengths[0] !== lengths[1] ? null : { port, protocol };
}

function rangeOf(text: string): { readonly first: number; readonly last: number } | null {
  const [, from, to = from] = RANGE.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  return first >= 1 && last >= first && last <= HIGHEST_PORT ? { first, last } : null;
}
