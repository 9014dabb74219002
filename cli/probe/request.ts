/** Sends one request of a probe and times it, to the last byte of the answer. Nothing of the body is kept but for the check. */
import type { IncomingMessage } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from "node:zlib";
import type { Sample } from "../../core/probe/sample.ts";
import type { Peer } from "../http/peer.ts";
import { type Limits, readUpTo, send } from "../http/send.ts";
import type { BodyCheck } from "./body-check.ts";

/** Bytes of an answer at most: far beyond every budget, and short of filling the memory of a runner. */
export const MAX_ANSWER_BYTES = 50 * 1024 * 1024;

/** What is asked, ready to be sent. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly isExpected: (status: number) => boolean;
  readonly check: BodyCheck | null;
}

/** Rejects only when `limits.signal` ends it. */
export async function probeOnce(peer: Peer, asked: Asked, limits: Limits): Promise<Sample> {
  const came: Came = { bytes: 0 };
  const read = (answer: IncomingMessage, startedAt: number): Promise<Sample> =>
    sampled(answer, asked, { came, startedAt });
  const sent = await send(peer, { ...asked, repeatable: true }, { ...limits, read });
  if (sent.failed === null) return sent.value;
  const { failed, code, ms } = sent;
  return { ms, bytes: came.bytes, failed, detail: `${FAILURES[failed] ?? failed}${code === null ? "" : ` (${code})`}` };
}

/** Counted as they come, so that a failed answer has them too. */
interface Came {
  bytes: number;
}

interface Watch {
  readonly came: Came;
  readonly startedAt: number;
}

async function sampled(
  answer: IncomingMessage,
  { isExpected, check }: Asked,
  { came, startedAt }: Watch,
): Promise<Sample> {
  const status = answer.statusCode ?? 0;
  const isWanted = isExpected(status);
  const chunks: Buffer[] = [];
  const isWhole = await readUpTo(answer, MAX_ANSWER_BYTES, (bytes) => {
    came.bytes += bytes.length;
    if (isWanted && check !== null) chunks.push(bytes);
  });
  const sample = { ms: performance.now() - startedAt, bytes: came.bytes };
  if (!isWhole) return { ...sample, failed: "too-large", detail: `more than ${MAX_ANSWER_BYTES} bytes` };
  if (!isWanted)
    return { ...sample, failed: `status-${status}`, detail: statusWords(answer), ...(isProblem(answer) && EXPLAINED) };
  const fault = check === null ? null : checked(answer, chunks, check);
  return { ...sample, failed: fault?.failed ?? null, ...(fault !== null && { detail: fault.detail }) };
}

const DECODERS: Readonly<Record<string, (bytes: Buffer, options: { readonly maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

function checked(answer: IncomingMessage, chunks: readonly Buffer[], check: BodyCheck): ReturnType<BodyCheck> {
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

const FAILURES: Readonly<Record<string, string>> = {
  timeout: "no whole answer in time",
  refused: "nobody listens there",
  reset: "the connection was closed before the answer was whole",
  dns: "the name is not known",
  tls: "no secure connection came about",
  protocol: "the answer is not HTTP",
};
