/**
 * New budgets in the text of a file: the numbers are replaced where they stand, so that comments, order and white space stay as they are.
 * What was written is read again before anybody gets it.
 */
import { isMap, isPair, isScalar, type Pair, type YAMLMap } from "yaml";
import type { Result } from "../pair/result.ts";
import type { BudgetName } from "../probe/budgets.ts";
import { type BudgetSite, budgetFile, keyOf } from "./sites.ts";

/** A budget's new value, at the place where the file says it. */
export interface NewValue {
  readonly site: BudgetSite;
  readonly value: number;
}

/** A budget that the file does not say yet, for all endpoints. */
export interface NewBudget {
  readonly budget: BudgetName;
  readonly value: number;
}

type Edited = Result<string, "unreadable-file" | "cannot-edit">;

/** The text with new values. `text` is the one that the sites are of. */
export function withValues(text: string, values: readonly NewValue[]): Edited {
  const last = values.toSorted((one, other) => other.site.start - one.site.start);
  const edited = last.reduce((whole, { site, value }) => spliced(whole, [site.start, site.end], String(value)), text);
  return checked(edited, (sites) =>
    values.every(({ site, value }) =>
      sites.some(({ line, budget, now }) => line === site.line && budget === site.budget && now === value),
    ),
  );
}

/** The text with budgets added below its own `budgets`, which is made where it is missing. */
export function withBudgets(text: string, added: readonly NewBudget[]): Edited {
  if (added.length === 0) return { ok: true, value: text };
  const read = budgetFile(text);
  if (!read.ok) return read;
  const { contents } = read.value.document;
  if (!isMap(contents)) return { ok: false, reason: "unreadable-file" };
  return checked(inserted(text, contents, added), (sites) =>
    added.every(({ budget, value }) =>
      sites.some((site) => site.endpoint === null && site.budget === budget && site.now === value),
    ),
  );
}

function checked(text: string, isAsMeant: (sites: readonly BudgetSite[]) => boolean): Edited {
  const again = budgetFile(text);
  return again.ok && isAsMeant(again.value.sites) ? { ok: true, value: text } : { ok: false, reason: "cannot-edit" };
}

function inserted(text: string, root: YAMLMap, added: readonly NewBudget[]): string {
  const own = root.items.filter(isPair).find((pair) => keyOf(pair) === "budgets");
  if (own === undefined) return appended(text, root, [`budgets`, added]);
  const { value } = own;
  if (isMap(value) && value.items.length > 0) {
    return added.reduceRight((whole, { budget, value: number }) => appended(whole, value, [budget, number]), text);
  }
  // Anything else than nothing is somebody's, and stays.
  const range = isMap(value) || (isScalar(value) && value.value === null) ? rangeOf(value) : null;
  if (range === null) return text;
  const gap = range[0] === range[1] ? " " : "";
  return spliced(text, range, `${gap}${flow(added, isQuoted(text, own))}`);
}

/** After the last pair of a map, in the manner of that pair. */
function appended(text: string, map: YAMLMap, [key, value]: readonly [string, number | readonly NewBudget[]]): string {
  const last = map.items.findLast(isPair);
  const [start] = rangeOf(last?.key) ?? [0];
  const [, end] = rangeOf(last?.value) ?? [0, text.length];
  const quoted = last !== undefined && isQuoted(text, last);
  const written = `${named(key, quoted)}: ${typeof value === "number" ? value : flow(value, quoted)}`;
  const indent = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const isOwnLine = indent.trim() === "";
  if (map.flow === true) return spliced(text, [end, end], isOwnLine ? `,\n${indent}${written}` : `, ${written}`);
  // A block's pair ends with its line, which may hold a comment; a nested one ends after its own last line.
  const before = text.slice(0, end).replace(/\s+$/, "").length;
  const found = text.indexOf("\n", before);
  const at = found < 0 ? text.length : found;
  return spliced(text, [at, at], `\n${" ".repeat(indent.length)}${written}`);
}

function flow(added: readonly NewBudget[], quoted: boolean): string {
  return `{ ${added.map(({ budget, value }) => `${named(budget, quoted)}: ${value}`).join(", ")} }`;
}

function named(key: string, quoted: boolean): string {
  return quoted ? `"${key}"` : key;
}

function isQuoted(text: string, { key }: Pair): boolean {
  return text[rangeOf(key)?.[0] ?? 0] === '"';
}

function rangeOf(node: unknown): readonly [number, number] | null {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return null;
  const start: unknown = node.range[0];
  const end: unknown = node.range[1];
  return typeof start === "number" && typeof end === "number" ? [start, end] : null;
}

function spliced(text: string, [start, end]: readonly [number, number], by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}
