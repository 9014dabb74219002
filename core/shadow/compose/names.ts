/** Names under which a service is reached beside its own, and names with addresses that it brings. */
import { childOf, entriesOf, itemsOf, type Node, textAt } from "./node.ts";
import type { ComposeService } from "./project.ts";
import { drop, refuse, type Spot } from "./reading.ts";
import { at, itemSpot, type ServiceView, spotOf, textOf } from "./view.ts";

/** A name of DNS as programs write it; RFC 1035, section 2.3.4, with the underscores that compose allows. */
const NAME = /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*$/;

const IPV4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\.(?!$)|$)){4}$/;
const IPV6 = /^(?=.{2,45}$)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}$/i;

/** Names of one service. */
const MAX_NAMES = 50;

/** `container_name` and the aliases of networks. */
export function ownNames(view: ServiceView): readonly string[] {
  const container = textOf(view, "container_name");
  const spots: [string, Spot][] = container === undefined ? [] : [[container, spotOf(view, "container_name")]];
  for (const { key, node } of entriesOf(at(view, "networks")))
    for (const item of itemsOf(childOf(node, "aliases")))
      spots.push([textAt(item) ?? "", { place: item.place, key: `services.${view.name}.networks.${key}.aliases` }]);
  const names = spots.filter(([name, spot]) => usable(view, name, spot)).map(([name]) => name);
  return [...new Set(names)].slice(0, MAX_NAMES);
}

/** `db:database`: the other service and a further name of it; a link without a name has none. */
export function linksOf(view: ServiceView): readonly { readonly service: string; readonly alias: string | null }[] {
  return itemsOf(at(view, "links")).map((item, n) => {
    const [service = "", alias] = (textAt(item) ?? "").split(":");
    const named = alias !== undefined && usable(view, alias, itemSpot(view, "links", { n, item }));
    return { service, alias: named ? alias : null };
  });
}

export function hostnameOf(view: ServiceView): string | null {
  const name = textOf(view, "hostname");
  return name !== undefined && usable(view, name, spotOf(view, "hostname")) ? name : null;
}

function usable(view: ServiceView, name: string, spot: Spot): boolean {
  if (NAME.test(name)) return true;
  drop(view.reading, spot, { code: "name", message: `"${name.slice(0, 60)}" is no name of DNS and is left out.` });
  return false;
}

/** `name:address`, `name=address`, or a map of names with one address or several. */
export function extraHostsOf(view: ServiceView): ComposeService["extraHosts"] {
  const node = at(view, "extra_hosts");
  const pairs =
    node?.kind === "map"
      ? entriesOf(node).flatMap(({ key, node: value, place }) =>
          itemsOf(value).map((item) => ({ name: key, address: textAt(item) ?? "", place })),
        )
      : itemsOf(node).flatMap(pairsOf);
  return pairs.flatMap(({ name, address, place }) => {
    const plain = address.replace(/^\[(.*)\]$/, "$1");
    const spot = { place, key: `services.${view.name}.extra_hosts.${name}` };
    return addressIsUsable(view, plain, spot) && usable(view, name, spot) ? [{ name, address: plain }] : [];
  });
}

function pairsOf(
  item: Node,
): readonly { readonly name: string; readonly address: string; readonly place: Node["place"] }[] {
  const text = textAt(item) ?? "";
  const cut = text.includes("=") ? text.indexOf("=") : text.indexOf(":");
  const name = cut === -1 ? text : text.slice(0, cut);
  const addresses = cut === -1 ? [""] : text.slice(cut + 1).split(",");
  return addresses.map((address) => ({ name, address, place: item.place }));
}

function addressIsUsable(view: ServiceView, address: string, spot: Spot): boolean {
  if (IPV4.test(address) || IPV6.test(address)) return true;
  if (address === "host-gateway") {
    drop(view.reading, spot, {
      code: "host-gateway",
      message: "A stack has no host; stack.egress names what it may reach.",
    });
    return false;
  }
  refuse(view.reading, spot, { code: "extra-host", message: `"${address.slice(0, 60)}" is no address.` });
  return false;
}
