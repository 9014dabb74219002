/**
 * Which indexes might serve a statement, best guess first: what its conditions hold a table's columns against, then what it orders by. Guesses
 * only; `analyse.ts` keeps the first that the database really uses. Pure.
 */
import { namesIn } from "./plan.ts";

export interface Candidate {
  readonly name: string;
  readonly table: string;
  readonly sql: string;
  /** The migration that defines it, where one does: the database then lacks what it should have. */
  readonly definedIn: string | null;
}

/** An index with more columns is rarely worth its writes. */
const MAX_COLUMNS = 4;

export interface Wanting {
  readonly sql: string;
  readonly table: string;
  readonly columns: readonly string[];
}

export function guesses({ sql, table, columns }: Wanting): readonly Candidate[] {
  const names = [...namesIn(sql, new Set([table]))].map(([name]) => name);
  const operand = (column: string) => `(?:(?:"?(?:${names.join("|")})"?\\.)?"?\\b${column}\\b"?)`;
  const followedBy = (pattern: string) =>
    columns.filter((column) => new RegExp(`${operand(column)}\\s*(?:${pattern})`, "i").test(conditionsOf(sql)));
  const equal = followedBy("=(?!=)|\\bin\\b|\\bis\\b(?!\\s+not)");
  const ranged = followedBy("<|>|\\bbetween\\b").filter((column) => !equal.includes(column));
  const order = /order by(?![^]*order by)([^]*)$/i.exec(sql)?.[1] ?? "";
  const ordered = columns.filter(
    (column) => !equal.includes(column) && new RegExp(operand(column), "i").test(order.replace(/\blimit\b[^]*/i, "")),
  );
  const lists = [
    ...[ordered, ranged].filter((more) => more.length > 0).map((more) => [...equal, ...more]),
    equal,
    ordered,
    ranged,
    ...equal.map((column) => [column]),
  ].map((list) => list.slice(0, MAX_COLUMNS));
  const distinct = new Map(lists.filter((list) => list.length > 0).map((list) => [list.join(), list]));
  return [...distinct.values()].map((list) => candidate(table, list));
}

function conditionsOf(sql: string): string {
  return /\b(?:where|on)\b[^]*/i.exec(sql)?.[0] ?? "";
}

function candidate(table: string, columns: readonly string[]): Candidate {
  const name = `${table}_by_${columns.join("_")}`;
  const list = columns.map((column) => `\`${column}\``).join(",");
  return { name, table, sql: `CREATE INDEX \`${name}\` ON \`${table}\` (${list});`, definedIn: null };
}

/** Indexes that the migrations create. */
export function definedIndexes(
  migrations: readonly { readonly file: string; readonly sql: string }[],
): readonly Candidate[] {
  return migrations.flatMap(({ file, sql }) =>
    Array.from(
      sql.matchAll(/CREATE (?:UNIQUE )?INDEX `(\w+)` ON `(\w+)` [^;]*;/g),
      ([text, name = "", table = ""]) => ({
        name,
        table,
        sql: text,
        definedIn: file,
      }),
    ),
  );
}
