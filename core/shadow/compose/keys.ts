/** Walks the keys of one section against the table: what is dropped, adjusted or refused by its row is said, with its place. */
import { nearest } from "../../config/nearest.ts";
import { type Entry, entriesOf, type Node } from "./node.ts";
import { adjust, drop, type Reading, refuse, type Spot } from "./reading.ts";
import { keysBelow, rowOf } from "./table.ts";
import type { Row } from "./table-row.ts";

/** Says what becomes of the keys inside `node`. `path`: as in the table, with real names, such as `["services", "web"]`. */
export function sayKeys(reading: Reading, node: Node, path: readonly string[]): void {
  if (node.kind === "list") for (const item of node.items) sayKeys(reading, item, [...path, "[]"]);
  for (const entry of entriesOf(node)) sayKey(reading, entry, [...path, entry.key]);
}

function sayKey(reading: Reading, entry: Entry, path: readonly string[]): void {
  const spot = { place: entry.place, key: path.join(".").replaceAll(".[]", "[]") };
  if (entry.key.startsWith("x-") && entry.key !== "x-shadow") {
    drop(reading, spot, { code: "extension", message: `${entry.key} is an extension: it has no meaning of its own.` });
    return;
  }
  const row = rowOf(path);
  if (row === undefined) unknownKey(reading, spot, path);
  else if (row.effect !== "translated") sayRow(reading, { spot, entry, row });
  else if (row.inner === true) sayKeys(reading, entry.node, path);
}

interface Found {
  readonly spot: Spot;
  readonly entry: Entry;
  readonly row: Row;
}

function sayRow(reading: Reading, { spot, entry, row }: Found): void {
  if (row.unless?.(entry.node) === true) return;
  const code = row.code ?? row.effect;
  const message = [`${entry.key} is ${row.effect === "dropped" ? "left out" : row.effect}. ${row.why}`, row.advice]
    .filter((part) => part !== undefined)
    .join(" ");
  const say = { dropped: drop, adjusted: adjust, refused: refuse, translated: drop }[row.effect];
  say(reading, spot, { code, message });
}

/** A key that neither compose nor we know, with the one that was probably meant. */
export function unknownKey(reading: Reading, spot: Spot, path: readonly string[]): void {
  const name = path.at(-1) ?? "";
  const known = keysBelow(path.slice(0, -1));
  const meant = nearest(name, known);
  const advice = meant === null ? "Take it out, or begin it with x-." : `Did you mean "${meant}"?`;
  refuse(reading, spot, { code: "unknown-key", message: `Unknown key "${name}". ${advice}` });
}
