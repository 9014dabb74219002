/**
 * Adds an index to a table's definition in TypeScript, so that definition and migrations go on saying the same. Pure text in, text out; null
 * where the file does not define the table in the form that the files of `migrations/` have.
 */
import type { Candidate } from "./candidates.ts";

const INDENT = "    ";

export function withIndex(source: string, { name, table, sql }: Candidate): string | null {
  const start = new RegExp(`sqliteTable\\(\\s*"${table}",`).exec(source);
  if (start === null) return null;
  const open = source.indexOf("(", start.index);
  const close = closing(source, open);
  const definition = source.slice(open, close);
  const columns = columnsOf(sql).map((column) => propertyOf(definition, column));
  if (close === -1 || columns.length === 0 || columns.includes(null)) return null;
  const line = `index("${name}").on(${columns.map((column) => `t.${column}`).join(", ")})`;
  const list = definition.lastIndexOf("(t) => [");
  const changed =
    list === -1
      ? `${definition.trimEnd().replace(/,$/, "")},\n${INDENT}(t) => [${line}],\n`
      : `${definition.slice(0, list)}(t) => [\n${INDENT}${line}, ${definition.slice(list + "(t) => [".length)}`;
  return withImport(source.slice(0, open) + changed + source.slice(close));
}

/** Of `CREATE INDEX … ON … (a,b);`, with or without quotes. */
function columnsOf(sql: string): readonly string[] {
  const list = /\(([^()]*)\)/.exec(sql)?.[1] ?? "";
  return list.split(",").map((column) => column.replaceAll(/[`"\s]/g, ""));
}

/** `deployment_id` is `deploymentId` there. */
function propertyOf(definition: string, column: string): string | null {
  return new RegExp(`(\\w+):\\s*(?:text|integer|real)\\(\\s*"${column}"`).exec(definition)?.[1] ?? null;
}

function withImport(source: string): string {
  const named = /import \{([^}]*)\} from "drizzle-orm\/sqlite-core";/.exec(source);
  if (named === null || /\bindex\b/.test(named[1] ?? "")) return source;
  return source.replace(named[0], `import { index,${named[1]}} from "drizzle-orm/sqlite-core";`);
}

/** The bracket that closes the one at `open`; those in strings and comments of these files come in pairs. */
function closing(source: string, open: number): number {
  let depth = 0;
  for (let n = open; n < source.length; n += 1) {
    if ("([{".includes(source[n] ?? " ")) depth += 1;
    if (")]}".includes(source[n] ?? " ")) depth -= 1;
    if (depth === 0) return n;
  }
  return -1;
}
