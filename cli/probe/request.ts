/** Sends one request of a probe and times it, to the last byte of the answer. Redirects are not followed; nothing of the body is kept but for the check. */
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from "node:zlib";
import type { ProbeFailure, Sample } from "../../core/probe/sample.ts";
import { failureOf, type Server } from "../replay/ask.ts";
import type { Check } from "./check.ts";

/** Bytes of an answer at most: far beyond every budget, and short of filling the memory of a runner. */
export const MAX_ANSWER_BYTES = 50 * 1024 * 1024;

/** What is asked, ready to be sent. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly isExpected: (status: number) => boolean;
  readonly check: Check | null;
}

export interface Patience {
  readonly timeoutMs: number;
  /** Ends the request at once; then the promise rejects. */
  readonly signal: AbortSignal;
}

/** Rejects only when `patience.signal` ends it. */
export async function probeOnce(server: Server, asked: Asked, patience: Patience): Promise<Sample> {
  const end = new AbortController();
  const stop = (): void => end.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, patience.timeoutMs);
  patience.signal.addEventListener("abort", stop);
  const watch: Watch = { startedAt: performance.now(), bytes: 0 };
  try {
    return await observed(server, asked, { watch, signal: end.signal });
  } catch (error) {
    patience.signal.throwIfAborted();
    const failed = isLate ? "timeout" : failureOf(error);
    return { ms: performance.now() - watch.startedAt, bytes: watch.bytes, failed, detail: wordsOf(error, failed) };
  } finally {
    clearTimeout(timer);
    patience.signal.removeEventListener("abort", stop);
  }
}

interface Watch {
  startedAt: number;
  bytes: number;
}

interface Moment {
  readonly watch: Watch;
  readonly signal: AbortSignal;
}

async function observed(server: Server, asked: Asked, { watch, signal }: Moment): Promise<Sample> {
  const answer = await answered(server, asked, { watch, signal });
  const status = answer.statusCode ?? 0;
  const isWanted = asked.isExpected(status);
  const chunks = await read(answer, watch, isWanted && asked.check !== null);
  const ms = performance.now() - watch.startedAt;
  const sample = { ms, bytes: watch.bytes };
  if (chunks === null) return { ...sample, failed: "too-large", detail: `more than ${MAX_ANSWER_BYTES} bytes` };
  if (!isWanted)
    return { ...sample, failed: `status-${status}`, detail: statusWords(answer), ...(isProblem(answer) && EXPLAINED) };
  const fault = asked.check === null ? null : checked(answer, chunks, asked.check);
  return { ...sample, failed: fault?.failed ?? null, ...(fault !== null && { detail: fault.detail }) };
}

/** A server may close an idle connection in the moment it is used again: then it is asked anew, and the clock starts anew. */
async function answered(server: Server, asked: Asked, { watch, signal }: Moment): Promise<IncomingMessage> {
  const first = await once(server, asked, signal);
  if (!(first instanceof Error)) return first;
  if (!("reused" in first) || first.reused !== true || failureOf(first) !== "reset") throw first;
  watch.startedAt = performance.now();
  const second = await once(server, asked, signal);
  if (second instanceof Error) throw second;
  return second;
}

function once({ origin, agent }: Server, asked: Asked, signal: AbortSignal): Promise<IncomingMessage | Error> {
  const { promise, resolve } = Promise.withResolvers<IncomingMessage | Error>();
  const send = origin.protocol === "https:" ? requestHttps : requestHttp;
  const length = asked.body === null ? {} : { "content-length": asked.body.length };
  const request = send(origin, {
    method: asked.method,
    path: `${origin.pathname.replace(/\/$/, "")}${asked.path}`,
    headers: { ...asked.headers, ...length },
    agent,
    signal,
  });
  request.on("response", resolve);
  request.on("error", (error) => resolve(Object.assign(error, { reused: request.reusedSocket })));
  request.end(asked.body ?? undefined);
  return promise;
}

/** Null where the answer is larger than it may be; the chunks are empty where nobody wants them. */
async function read(answer: IncomingMessage, watch: Watch, isKept: boolean): Promise<readonly Buffer[] | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) {
    // A stream without an encoding gives bytes.
    const bytes: unknown = chunk;
    if (!Buffer.isBuffer(bytes)) continue;
    watch.bytes += bytes.length;
    if (watch.bytes > MAX_ANSWER_BYTES) {
      answer.destroy();
      return null;
    }
    if (isKept) chunks.push(bytes);
  }
  return chunks;
}

const DECODERS: Readonly<Record<string, (bytes: Buffer, options: { readonly maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

function checked(answer: IncomingMessage, chunks: readonly Buffer[], check: Check): ReturnType<Check> {
  const encoding = (answer.headers["content-encoding"] ?? "").trim().toLowerCase();
  const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  const bytes = Buffer.concat(chunks);
  if (decode === undefined) return check(bytes);
  try {
    return check(decode(bytes, { maxOutputLength: MAX_ANSWER_BYTES }));
  } catch {
    return { failed: "not-json", detail: `the body is not valid ${encoding}` };
  }
}

const EXPLAINED = { explained: true } as const;

function isProblem({ headers }: IncomingMessage): boolean {
  return /^application\/problem\+json\b/i.test(headers["content-type"] ?? "");
}

/** A redirect's target without its query, which may hold secrets. */
function statusWords({ statusCode = 0, headers: { location } }: IncomingMessage): string {
  const target = location === undefined ? "" : ` to ${location.split(/[?#]/, 1)[0]?.slice(0, 100)}`;
  return `status ${statusCode}${target}`;
}

function wordsOf(error: unknown, failed: ProbeFailure): string {
  const code = error instanceof Error && "code" in error && failed !== "timeout" ? ` (${String(error.code)})` : "";
  return `${FAILURES[failed] ?? failed}${code}`;
}

const FAILURES: Readonly<Record<string, string>> = {
  timeout: "no whole answer in time",
  refused: "nobody listens there",
  reset: "the connection was closed before the answer was whole",
  dns: "the name is not known",
  tls: "no secure connection came about",
  protocol: "the answer is not HTTP",
};
