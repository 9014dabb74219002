/**
 * Every place where data may end, as bytes to search: each is read from where it lies, and inflated where it is packed.
 * What may be long comes in pieces.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { OPERATIONS } from "../../core/wire/api/contract.ts";
import { PairListSchema } from "../../core/wire/api/pairs.ts";
import { DEPLOYMENT_ID, HOST, type Stack } from "../flow/stack.ts";
import { LIMITS_HOST } from "../limits/limits.ts";

export const PLACES = ["queue", "database", "bucket", "files", "log", "model", "api", "pages"] as const;
export type Place = (typeof PLACES)[number];

/** Messages that the Workers have put on the queue since the last time. Ask once before the first: from then on they are kept. */
export async function messagesOf({ harness }: Stack): Promise<readonly Buffer[]> {
  const names = ["shadow-infra-tee", "shadow-infra-report"];
  const taken = names.map(async (name) => {
    const response = await harness.getWorker(name).fetch(`http://${LIMITS_HOST}/messages`);
    // The shim wrote it in this shape.
    return (await response.json()) as readonly string[];
  });
  return (await Promise.all(taken)).flat().map((text) => gunzipSync(Buffer.from(text, "base64")));
}

/** What is used of the bindings that the harness hands out. */
interface Bindings extends Record<string, unknown> {
  readonly DB: { prepare(sql: string): { all(): Promise<{ readonly results: readonly Record<string, unknown>[] }> } };
  readonly BODIES: {
    list(options: { cursor?: string }): Promise<{ objects: readonly { key: string }[]; cursor?: string }>;
    get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>;
  };
}

const bindingsOf = (stack: Stack): Promise<Bindings> =>
  stack.harness.getWorker<Bindings>("shadow-infra-report").getEnv();

/** Every row of every table. */
export async function* databaseOf(stack: Stack): AsyncGenerator<Buffer> {
  const { DB } = await bindingsOf(stack);
  const { results: tables } = await DB.prepare(TABLES).all();
  for (const table of tables)
    for (let offset = 0, rows = ROWS; rows === ROWS; offset += ROWS) {
      const { results } = await DB.prepare(
        `SELECT * FROM "${String(table["name"])}" LIMIT ${ROWS} OFFSET ${offset}`,
      ).all();
      rows = results.length;
      // Line by line, so that a text with quotes in it reads as it is stored.
      yield Buffer.from(results.flatMap((row) => Object.values(row).map(String)).join("\n"));
    }
}

/** But the platform's own, which nobody may read. */
const TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'";
const ROWS = 200;

/** Every object of the bucket, with its key. */
export async function* bucketOf(stack: Stack): AsyncGenerator<Buffer> {
  const { BODIES } = await bindingsOf(stack);
  for (let from: { cursor?: string } = {}; ; ) {
    const page = await BODIES.list(from);
    for (const { key } of page.objects) {
      const stored = await BODIES.get(key);
      const bytes = Buffer.from((await stored?.arrayBuffer()) ?? new ArrayBuffer());
      yield Buffer.from(key);
      yield isGzip(bytes, 0) ? gunzipSync(bytes) : bytes;
    }
    if (page.cursor === undefined) return;
    from = { cursor: page.cursor };
  }
}

/** Every file below a folder as it is, and after each beginning of gzip as far as it can be inflated. */
export function* filesIn(folder: string): Generator<Buffer> {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
    const bytes = readFileSync(path);
    yield bytes;
    for (let at = bytes.indexOf(GZIP); at !== -1; at = bytes.indexOf(GZIP, at + 1)) yield inflatedAt(bytes, at);
  }
}

/** RFC 1952, 2.3.1, and the one method there is. */
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

/** Of a file's bytes after a beginning of gzip; messages are no longer. */
const MOST_PACKED = 130_000;

function isGzip(bytes: Buffer, at: number): boolean {
  return bytes.subarray(at, at + GZIP.length).equals(GZIP);
}

/** What lies in the pages of a database is cut into pieces: the first can be read. */
function inflatedAt(bytes: Buffer, at: number): Buffer {
  try {
    return gunzipSync(bytes.subarray(at, at + MOST_PACKED), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

/** Single pairs that are read by the API, spread over all: what they show lies in database and bucket, which are searched whole. */
const MOST_PAIRS = 150;

/** What every GET of the contract answers. A path whose parameters are not known here is an error. */
export async function* answersOf(stack: Stack): AsyncGenerator<Buffer> {
  const report = stack.harness.getWorker("shadow-infra-report");
  const all = await pairIds(stack);
  const pairs = all.filter((_, at) => at % Math.ceil(all.length / MOST_PAIRS) === 0);
  for (const { method, path } of Object.values(OPERATIONS)) {
    if (method !== "get") continue;
    for (const filled of filledIn(path, pairs)) {
      const response = await report.fetch(`http://localhost${filled}`);
      if (!response.ok) throw new Error(`GET ${filled}: ${response.status}`);
      yield Buffer.from(JSON.stringify([...response.headers]));
      yield Buffer.from(await response.arrayBuffer());
    }
  }
}

function filledIn(path: string, pairs: readonly string[]): readonly string[] {
  if (path.startsWith("/api/pairs/{id}")) return pairs.map((id) => path.replace("{id}", id));
  const [repoId = "", pr = ""] = DEPLOYMENT_ID.split("-");
  const known: Readonly<Record<string, string>> = { id: DEPLOYMENT_ID, host: HOST, repoId, pr };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = known[name];
    if (value === undefined) throw new Error(`${path}: say here what ${name} is`);
    return value;
  });
  return [filled.endsWith("/pairs") ? `${filled}?limit=200` : filled];
}

/** All pairs of the deployment, newest first. */
export async function pairIds(stack: Stack): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const more: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await stack.read(`/api/deployments/${DEPLOYMENT_ID}/pairs?limit=200${more}`, PairListSchema);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids;
}

/** What the runtime and the Workers have said. */
export function logOf({ harness }: Stack): Buffer {
  return Buffer.from(JSON.stringify(harness.getLogs()));
}

/** Says a text in a Worker's log, so that a search of the log has something to find. */
export async function sayInLog({ harness }: Stack, text: string): Promise<void> {
  await harness.getWorker("shadow-infra-tee").fetch(`http://${LIMITS_HOST}/say?text=${encodeURIComponent(text)}`);
}
