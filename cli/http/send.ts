/**
 * Sends one request, has its answer read, and names the failure where there is none. Redirects are not followed. Apart from what replay and
 * probe make of answers: it must not know what is kept, counted or judged.
 */
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { FailureReason } from "../../core/pair/pair.ts";
import { codeOf, failureOf } from "./failure.ts";
import type { Peer } from "./peer.ts";

/** Headers of an answer that are read at most; more are refused by Node as `protocol`. In bytes. */
const MAX_HEADER_BYTES = 64 * 1024;

export interface Outgoing {
  readonly method: string;
  /** Below the address's own path; what cannot stand in a request's line is encoded as browsers do. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Uint8Array | null;
  /** Over a kept connection, and once more where the server had just closed it. False: over a connection of its own. */
  readonly repeatable: boolean;
}

/** When to give up. */
export interface Limits {
  readonly timeoutMs: number;
  /** Ends the request at once; then the promise rejects. */
  readonly signal: AbortSignal;
}

/** Reads an answer to its end. `startedAt`: when the request was sent that it answers, by `performance.now()`. What it throws is why there is no answer. */
export type Read<T> = (answer: IncomingMessage, startedAt: number) => Promise<T>;

export type Sent<T> =
  | { readonly failed: null; readonly value: T }
  /** `ms` until then; `code` is Node's, null for a time-out of ours. */
  | { readonly failed: FailureReason; readonly code: string | null; readonly ms: number };

/** Rejects only when `limits.signal` ends it. */
export async function send<T>(
  peer: Peer,
  outgoing: Outgoing,
  limits: Limits & { readonly read: Read<T> },
): Promise<Sent<T>> {
  // Not `AbortSignal.timeout` and `any`: those live on until the time is up, for every request that was answered long ago.
  const end = new AbortController();
  const stop = (): void => end.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, limits.timeoutMs);
  limits.signal.addEventListener("abort", stop);
  const clock: Clock = { startedAt: performance.now() };
  try {
    const answer = await answerTo(peer, outgoing, { clock, signal: end.signal });
    return { failed: null, value: await limits.read(answer, clock.startedAt) };
  } catch (error) {
    limits.signal.throwIfAborted();
    const ms = performance.now() - clock.startedAt;
    return isLate ? { failed: "timeout", code: null, ms } : { failed: failureOf(error), code: codeOf(error), ms };
  } finally {
    clearTimeout(timer);
    limits.signal.removeEventListener("abort", stop);
  }
}

interface Clock {
  startedAt: number;
}

interface Moment {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A server may close an idle connection in the moment it is used again: that is no fault of the answer, so it is asked, and timed, anew. */
async function answerTo(peer: Peer, outgoing: Outgoing, { clock, signal }: Moment): Promise<IncomingMessage> {
  const first = await once(peer, outgoing, signal);
  if (!(first instanceof Error)) return first;
  if (!outgoing.repeatable || !("reused" in first) || first.reused !== true || failureOf(first) !== "reset")
    throw first;
  clock.startedAt = performance.now();
  const second = await once(peer, outgoing, signal);
  if (second instanceof Error) throw second;
  return second;
}

function once(
  { origin, agent }: Peer,
  { method, path, headers, body, repeatable }: Outgoing,
  signal: AbortSignal,
): Promise<IncomingMessage | Error> {
  const { promise, resolve } = Promise.withResolvers<IncomingMessage | Error>();
  const start = origin.protocol === "https:" ? requestHttps : requestHttp;
  const length = body === null || body.length === 0 ? {} : { "content-length": body.length };
  const request = start(origin, {
    method,
    path: pathBelow(origin, path),
    headers: { ...headers, ...length },
    agent: repeatable ? agent : false,
    maxHeaderSize: MAX_HEADER_BYTES,
    signal,
  });
  request.on("response", resolve);
  request.on("error", (error) => resolve(Object.assign(error, { reused: request.reusedSocket })));
  request.end(body ?? undefined);
  return promise;
}

/** Nothing else is changed: `..`, `//` and `%zz` are sent as they stand. */
function pathBelow({ pathname }: URL, path: string): string {
  const sound = path.replaceAll(/[^\u0021-\u007e]+/g, (text) => encodeURIComponent(text.toWellFormed()));
  return `${pathname.replace(/\/$/, "")}${sound}`;
}

/** Hands on the bytes of a stream as they come; false as soon as there are more than `max`, and the rest is not read. */
export async function readUpTo(
  stream: AsyncIterable<unknown>,
  max: number,
  take: (bytes: Buffer) => void,
): Promise<boolean> {
  let size = 0;
  for await (const bytes of stream) {
    // A stream without an encoding gives bytes.
    if (!Buffer.isBuffer(bytes)) continue;
    take(bytes);
    size += bytes.length;
    if (size > max) return false;
  }
  return true;
}
