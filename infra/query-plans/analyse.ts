/**
 * Explains statements on an empty copy of a database's tables, and tries indexes there until one serves: what is proposed was seen to work.
 * The copy is in memory; the database itself is never touched.
 */
import { DatabaseSync } from "node:sqlite";
import { type Candidate, guesses } from "./candidates.ts";
import { slowWays, type Way } from "./plan.ts";

export interface Subject {
  /** The `CREATE` statements of tables and indexes, tables first. */
  readonly schema: readonly string[];
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly statements: readonly string[];
  /** Indexes that the migrations define. */
  readonly defined: readonly Candidate[];
}

export interface Finding extends Way {
  readonly rows: number;
  readonly sql: string;
  /** What serves it; null where no single index was found. */
  readonly index: Candidate | null;
}

export interface Analysis {
  readonly statements: number;
  /** Full scans, and sorts that an index would save. */
  readonly missing: readonly Finding[];
  /** Sorts of what an index found, which no index saves: of groups, or of several lists. */
  readonly sorts: readonly Finding[];
}

/** Tables with fewer rows are read as a whole faster than by an index. */
export const DEFAULT_MIN_ROWS = 1_000;

export function analyse(subject: Subject, minRows = DEFAULT_MIN_ROWS): Analysis {
  const copy = new DatabaseSync(":memory:");
  try {
    for (const sql of subject.schema) copy.exec(sql);
    const large = new Set(Object.keys(subject.rows).filter((table) => (subject.rows[table] ?? 0) >= minRows));
    const statements = [...new Set(subject.statements)].filter(isQuery);
    const found = statements.flatMap((sql) =>
      slowWays(sql, explain(copy, sql), large).map((way): Finding => {
        const rows = subject.rows[way.table] ?? 0;
        return { ...way, rows, sql, index: serving(copy, { sql, way, large }, subject.defined) };
      }),
    );
    const isMissing = ({ kind, index }: Finding) => kind === "scan" || index !== null;
    return {
      statements: statements.length,
      missing: found.filter(isMissing),
      sorts: found.filter((finding) => !isMissing(finding)),
    };
  } finally {
    copy.close();
  }
}

function isQuery(sql: string): boolean {
  return /^\s*(?:select|with|insert|update|delete)\b/i.test(sql);
}

/** Parameters stay unbound: a plan does not depend on them. */
function explain(db: DatabaseSync, sql: string): readonly string[] {
  return db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map((row) => String(row["detail"]));
}

interface Want {
  readonly sql: string;
  readonly way: Way;
  readonly large: ReadonlySet<string>;
}

/** The first index with which the statement has fewer slow ways. */
function serving(copy: DatabaseSync, want: Want, defined: readonly Candidate[]): Candidate | null {
  const { table } = want.way;
  const there = new Set(
    copy
      .prepare("SELECT name FROM sqlite_master WHERE type = 'index'")
      .all()
      .map((row) => row["name"]),
  );
  const columns = copy
    .prepare("SELECT name FROM pragma_table_info(?)")
    .all(table)
    .map((row) => String(row["name"]));
  const lost = defined.filter((index) => index.table === table);
  const all = [...lost, ...guesses({ sql: want.sql, table, columns })].filter(({ name }) => !there.has(name));
  return all.find((candidate) => serves(copy, want, candidate)) ?? null;
}

function serves(copy: DatabaseSync, { sql, way, large }: Want, candidate: Candidate): boolean {
  const count = () => slowWays(sql, explain(copy, sql), large).filter(({ kind }) => kind === way.kind).length;
  const before = count();
  copy.exec(candidate.sql);
  try {
    return count() < before && explain(copy, sql).some((detail) => detail.includes(` ${candidate.name}`));
  } finally {
    copy.exec(`DROP INDEX "${candidate.name}"`);
  }
}
