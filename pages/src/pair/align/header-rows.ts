/** Two sides' headers as rows: one per name, with what differs marked. */
import type { HeadersSchema } from "../../../../core/wire/recorded-pair.ts";
import type { Mark } from "./row.ts";

type Headers = (typeof HeadersSchema)["_output"];

export interface HeaderRow {
  readonly name: string;
  readonly mark: Mark;
  /** One entry per occurrence of the header; empty where the side has none. */
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/** Rows in the order of names, differing ones first. */
export function headerRows(left: Headers, right: Headers): readonly HeaderRow[] {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].toSorted();
  const rows = names.map((name): HeaderRow => {
    const l = values(left[name]);
    const r = values(right[name]);
    return { name, mark: markOf(l, r), left: l, right: r };
  });
  return [...rows.filter((row) => row.mark !== "same"), ...rows.filter((row) => row.mark === "same")];
}

function values(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

function markOf(left: readonly string[], right: readonly string[]): Mark {
  if (left.length === 0) return "extra";
  if (right.length === 0) return "missing";
  return left.join("\n") === right.join("\n") ? "same" : "changed";
}
