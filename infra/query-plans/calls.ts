/**
 * Every read of the report API as requests: each operation of the contract that people may read, plain and once with each of its query's
 * parameters. Made from the contract, so a new operation is asked without anybody remembering it. Pure.
 */
import { OPERATIONS } from "../../core/wire/api/contract.ts";
import type { Operation } from "../../core/wire/api/operation.ts";

/** What parameters stand for: names of what is stored, by parameter. */
export type Known = Readonly<Record<string, string>>;

export interface Call {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body?: string;
}

/** POST operations that only read. */
const READING_POSTS: ReadonlySet<string> = new Set(["/api/shadow/events"]);

export function readingCalls(
  known: Known,
  operations: Readonly<Record<string, Operation>> = OPERATIONS,
): readonly Call[] {
  return Object.values(operations)
    .filter(isReading)
    .flatMap((operation) => callsOf(operation, known));
}

function isReading({ method, path, audience }: Operation): boolean {
  return audience === "reader" && (method === "get" || (method === "post" && READING_POSTS.has(path)));
}

function callsOf(operation: Operation, known: Known): readonly Call[] {
  const values = operation.path.startsWith("/api/pairs/") ? { ...known, id: known["pair"] ?? "" } : known;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? "1"));
  if (operation.method === "post") return bodiesOf(known).map((body) => ({ method: "POST", path, body }));
  const queries = Object.keys(operation.query?.shape ?? {}).map(
    (name) => `?${name}=${encodeURIComponent(values[name] ?? "1")}`,
  );
  return ["", ...queries].map((query) => ({ method: "GET", path: `${path}${query}` }));
}

/** The fields of `ShadowEventsPostSchema`. */
function bodiesOf({ deployment, route, cursor }: Known): readonly string[] {
  return [{}, { deployment }, { corridor: route }, { cursor }, { deployment, corridor: route, cursor }].map((body) =>
    JSON.stringify(body),
  );
}
