/** Sends one request of a recording to one server and observes what comes: an answer, or why there is none. */
import type { IncomingMessage } from "node:http";
import type { Headers, Observation } from "../../core/pair/pair.ts";
import { type Peer, peerAt } from "../http/peer.ts";
import { type Limits, type Outgoing, send } from "../http/send.ts";
import { asText, capture } from "./body.ts";
import type { HeaderLine } from "./request.ts";

export interface Server extends Peer {
  /** Put in place of headers of the same name. */
  readonly headers: readonly HeaderLine[];
}

/** What is sent: repeatable where it is safe to be sent a second time. */
export type Sending = Omit<Outgoing, "headers"> & { readonly headers: readonly HeaderLine[] };

export function serverAt(origin: URL, headers: readonly HeaderLine[], connections: number): Server {
  return { ...peerAt(origin, connections), headers };
}

/** Rejects only when `limits.signal` ends it. */
export async function ask(server: Server, sending: Sending, limits: Limits): Promise<Observation> {
  const own = new Set(server.headers.map(([name]) => name));
  const lines = [...sending.headers.filter(([name]) => !own.has(name)), ...server.headers];
  const sent = await send(server, { ...sending, headers: fieldsOf(lines) }, { ...limits, read: observed });
  return sent.failed === null ? sent.value : { failed: sent.failed, latencyMs: tenths(sent.ms) };
}

async function observed(answer: IncomingMessage, startedAt: number): Promise<Observation> {
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

function since(startedAt: number): number {
  return tenths(performance.now() - startedAt);
}

/** Milliseconds to a tenth: what a recording needs to tell 2 ms from 3. */
function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
