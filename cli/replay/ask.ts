/** Sends one request to one server and observes what comes: an answer, or why there is none. Redirects are not followed. */
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type { FailureReason, Headers, Observation } from "../../core/pair/pair.ts";
import { asText, capture } from "./body.ts";
import type { HeaderLine } from "./request.ts";

/** Headers of an answer that are read at most; more are refused by Node as `protocol`. In bytes. */
const MAX_HEADER_BYTES = 64 * 1024;

/** A server under its address, with one pool of connections. */
export interface Server {
  readonly origin: URL;
  /** Put in place of headers of the same name. */
  readonly headers: readonly HeaderLine[];
  readonly agent: HttpAgent;
}

/** What is sent. */
export interface Sending {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array | null;
  /** Safe to be sent a second time where the server had closed the connection before it came. */
  readonly repeatable: boolean;
}

/** When to give up. */
export interface Limits {
  readonly timeoutMs: number;
  /** Ends the request at once; then the promise rejects. */
  readonly signal: AbortSignal;
}

export function serverAt(origin: URL, headers: readonly HeaderLine[], connections: number): Server {
  const options = { keepAlive: true, maxSockets: connections, maxHeaderSize: MAX_HEADER_BYTES };
  return { origin, headers, agent: origin.protocol === "https:" ? new HttpsAgent(options) : new HttpAgent(options) };
}

/** Rejects only when `limits.signal` ends it. */
export async function ask(server: Server, sending: Sending, limits: Limits): Promise<Observation> {
  const startedAt = performance.now();
  // Not `AbortSignal.timeout` and `any`: those live on until the time is up, for every request that was answered long ago.
  const end = new AbortController();
  const stop = (): void => end.abort();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, limits.timeoutMs);
  limits.signal.addEventListener("abort", stop);
  try {
    return await observed(server, sending, { startedAt, signal: end.signal });
  } catch (error) {
    limits.signal.throwIfAborted();
    return { failed: late ? "timeout" : failureOf(error), latencyMs: since(startedAt) };
  } finally {
    clearTimeout(timer);
    limits.signal.removeEventListener("abort", stop);
  }
}

interface Moment {
  readonly startedAt: number;
  readonly signal: AbortSignal;
}

async function observed(server: Server, sending: Sending, { startedAt, signal }: Moment): Promise<Observation> {
  const answer = await answerOf(server, sending, signal);
  const headersMs = since(startedAt);
  const { bytes, truncated } = await capture(answer);
  const headers = plainHeaders(answer);
  const announced = announcedBytes(answer);
  const bodyBytes = truncated ? announced : bytes.length || (announced ?? 0);
  return {
    status: answer.statusCode ?? 0,
    headers,
    ...asText(bytes, answer.headers["content-type"] ?? ""),
    latencyMs: since(startedAt),
    headersMs,
    ...(truncated && { truncated }),
    ...(bodyBytes !== undefined && { bodyBytes }),
  };
}

/** A server may close an idle connection in the moment it is used again: that is no fault of the answer, so it is asked anew. */
async function answerOf(server: Server, sending: Sending, signal: AbortSignal): Promise<IncomingMessage> {
  const first = await once(server, sending, signal);
  if (!(first instanceof Error)) return first;
  if (!sending.repeatable || !("reused" in first) || first.reused !== true) throw first;
  const second = await once(server, { ...sending, repeatable: false }, signal);
  if (second instanceof Error) throw second;
  return second;
}

function once(
  { origin, headers, agent }: Server,
  { method, path, headers: sent, body, repeatable }: Sending,
  signal: AbortSignal,
): Promise<IncomingMessage | Error> {
  const { promise, resolve } = Promise.withResolvers<IncomingMessage | Error>();
  const send = origin.protocol === "https:" ? requestHttps : requestHttp;
  const request = send(origin, {
    method,
    path: `${origin.pathname.replace(/\/$/, "")}${path}`,
    headers: fieldsOf([...sent.filter(([name]) => !headers.some(([own]) => own === name)), ...headers]),
    // A connection of its own where a request may not be sent twice.
    agent: repeatable ? agent : false,
    maxHeaderSize: MAX_HEADER_BYTES,
    signal,
  });
  request.on("response", resolve);
  request.on("error", (error) => resolve(Object.assign(error, { reused: request.reusedSocket })));
  if (body !== null && body.length > 0) request.setHeader("content-length", body.length);
  request.end(body ?? undefined);
  return promise;
}

function fieldsOf(lines: readonly HeaderLine[]): Record<string, string | string[]> {
  const fields = Map.groupBy(lines, ([name]) => name);
  return Object.fromEntries(
    [...fields].map(([name, group]) => {
      const values = group.map(([, value]) => value);
      return [name, values.length === 1 ? (values[0] ?? "") : name === "cookie" ? values.join("; ") : values];
    }),
  );
}

/** Of one connection, not of the answer (RFC 9110, 7.6.1): our keeping it open brings them about. */
const HOP_BY_HOP: ReadonlySet<string> = new Set(["connection", "keep-alive", "transfer-encoding"]);

function plainHeaders(answer: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(answer.headersDistinct)
      .filter(([name]) => !HOP_BY_HOP.has(name))
      .map(([name, values = []]) => [name, values.length === 1 ? (values[0] ?? "") : values]),
  );
}

function announcedBytes({ headers }: IncomingMessage): number | undefined {
  const length =
    headers["content-encoding"] === undefined ? Number(headers["content-length"] ?? Number.NaN) : Number.NaN;
  return Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}

/** By Node's codes: https://nodejs.org/api/errors.html. What has no code is the server's grammar. */
const REASONS: readonly (readonly [RegExp, FailureReason])[] = [
  [/^(?:ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_CONNECT_TIMEOUT|ABORT_ERR)$/, "timeout"],
  [/^(?:ENOTFOUND|EAI_\w+)$/, "dns"],
  [/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EACCES)$/, "refused"],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/, "reset"],
  [/TLS|SSL|CERT|SIGNATURE|SELF_SIGNED|EPROTO/, "tls"],
];

/** Why there was no answer. */
export function failureOf(error: unknown): FailureReason {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? "protocol";
}

/** Milliseconds to a tenth: what a recording needs to tell 2 ms from 3. */
function since(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 10) / 10;
}
