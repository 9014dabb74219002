/**
 * Reads SQLite's `EXPLAIN QUERY PLAN` (https://www.sqlite.org/eqp.html): which tables a statement walks through as a whole, and what it sorts
 * without an index. Pure: lines in, findings out.
 */

/** `scan`: every row is read. `sort`: rows are sorted, or grouped, because no index has their order. */
export type WayKind = "scan" | "sort";

export interface Way {
  readonly kind: WayKind;
  readonly table: string;
  /** The line of the plan. */
  readonly detail: string;
}

/** What a statement does without an index, to these tables. A sort is the first of them that the statement reads. */
export function slowWays(sql: string, details: readonly string[], tables: ReadonlySet<string>): readonly Way[] {
  const tableOf = namesIn(sql, tables);
  const read = details.flatMap((detail) => {
    const name = /^(?:SCAN|SEARCH) (\w+)/.exec(detail)?.[1];
    const table = name === undefined ? undefined : tableOf.get(name);
    return table === undefined ? [] : [{ table, detail }];
  });
  const scans = read.filter(({ detail }) => isWholeScan(detail, sql));
  const sorted = details.filter((detail) => /^USE TEMP B-TREE FOR (?:ORDER BY|GROUP BY|DISTINCT)/.test(detail));
  const first = read[0];
  return [
    ...scans.map(({ table, detail }): Way => ({ kind: "scan", table, detail })),
    ...(first === undefined ? [] : sorted.map((detail): Way => ({ kind: "sort", table: first.table, detail }))),
  ];
}

/** Walking along an index reads few rows where the statement takes a page of them. */
function isWholeScan(detail: string, sql: string): boolean {
  if (detail.includes("USING AUTOMATIC")) return true;
  if (!detail.startsWith("SCAN ")) return false;
  return !(/USING (?:COVERING )?INDEX/.test(detail) && /\blimit\b/i.test(sql));
}

/** `FROM "table" AS alias`; what follows a table without AS is its alias only where it is no keyword. */
const NAMED =
  /\b(?:from|join)\s+"?(\w+)"?(?:\s+(?:as\s+)?(?!(?:join|left|inner|cross|natural|where|on|using|order|group|limit|union|set)\b)"?(\w+)"?)?/gi;

/** The tables by the names the statement gives them: plans speak of those. */
export function namesIn(sql: string, tables: ReadonlySet<string>): ReadonlyMap<string, string> {
  const named = [...sql.matchAll(NAMED)];
  const pairs = named.flatMap(([, table = "", alias]) =>
    tables.has(table) ? [[table, table] as const, ...(alias === undefined ? [] : [[alias, table] as const])] : [],
  );
  return new Map(pairs);
}
