/** A service's variables: those of `env_file`, and `environment` over them. */

import type { Lookup } from "./interpolate.ts";
import { pathInside } from "./load.ts";
import { childOf, type Entry, entriesOf, isNull, itemsOf, type Node, scalar, textAt } from "./node.ts";
import { composeBoolean } from "./quantities.ts";
import { adjust, drop, refuse, type Spot } from "./reading.ts";
import { readEnvFile } from "./variables.ts";
import { at, itemSpot, type ServiceView, spotOf } from "./view.ts";

/** As Kubernetes takes them, which is wider than a shell: `discovery.type` is one. */
const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

const MAX_NAME_CHARS = 253;

export function environmentOf(view: ServiceView): Readonly<Record<string, string>> {
  const own = ownVariables(view);
  const lookup: Lookup = (name) => view.lookup(name) ?? own.get(name) ?? undefined;
  const all = new Map<string, string>();
  for (const [name, value] of [...fileVariables(view, lookup), ...own])
    if (value === null) all.delete(name);
    else all.set(name, value);
  for (const name of all.keys()) if (!VARIABLE.test(name) || name.length > MAX_NAME_CHARS) refuseName(view, name);
  return Object.fromEntries(all);
}

function refuseName(view: ServiceView, name: string): void {
  const message = `"${name.slice(0, 40)}" is no name of a variable. Use letters, digits, _, - and dots.`;
  refuse(view.reading, spotOf(view, "environment"), { code: "variable-name", message });
}

/** Null: named without a value that is known, which also takes away what a file gave it. */
function ownVariables(view: ServiceView): ReadonlyMap<string, string | null> {
  const node = at(view, "environment");
  const entries = node?.kind === "map" ? entriesOf(node) : itemsOf(node).map(pairOf);
  const values = new Map<string, string | null>();
  for (const { key, node: value, place } of entries) {
    const text = isNull(value) ? view.lookup(key) : textAt(value);
    if (text !== undefined) values.set(key, text);
    else {
      values.set(key, null);
      const spot: Spot = { place, key: `services.${view.name}.environment.${key}` };
      drop(view.reading, spot, {
        code: "unset-variable",
        message: `${key} has no value here and none in .env, so the container does not get it.`,
      });
    }
  }
  return values;
}

/** `KEY=value`, or `KEY` alone for a value that comes from outside. */
function pairOf(item: Node): Entry {
  const text = textAt(item) ?? "";
  const cut = text.indexOf("=");
  const node = cut === -1 ? scalar(null, item.place) : scalar(text.slice(cut + 1), item.place);
  return { key: cut === -1 ? text : text.slice(0, cut), place: item.place, node };
}

function fileVariables(view: ServiceView, lookup: Lookup): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [n, item] of itemsOf(at(view, "env_file")).entries()) {
    const spot = itemSpot(view, "env_file", { n, item });
    for (const [name, value] of oneFile(view, { item, spot, lookup: (key) => lookup(key) ?? values.get(key) }))
      values.set(name, value);
  }
  return values;
}

interface Named {
  readonly item: Node;
  readonly spot: Spot;
  readonly lookup: Lookup;
}

function oneFile(view: ServiceView, { item, spot, lookup }: Named): ReadonlyMap<string, string> {
  const none = new Map<string, string>();
  const path = pathInside(view.reading, textAt(item) ?? textAt(childOf(item, "path")) ?? "", spot);
  if (path === undefined) return none;
  const required = composeBoolean(textAt(childOf(item, "required")) ?? "true") !== false;
  const format = textAt(childOf(item, "format"));
  if (format !== undefined && format !== "raw") {
    refuse(view.reading, spot, { code: "env-file", message: `The format "${format}" is not known. Leave it out.` });
    return none;
  }
  if (!required && view.reading.source.files.get(path) === null) {
    adjust(view.reading, spot, { code: "missing-file", message: `${path} is not in the repository, and need not be.` });
    return none;
  }
  return readEnvFile(view.reading, path, { lookup, spot, required, raw: format === "raw" }) ?? none;
}
