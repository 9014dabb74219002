/**
 * Packs a redacted pair and hands it over: to the queue, or to the outbox where there is one (the local start). What is too
 * large for a message goes to the bucket and the message names it.
 */
import type { CapturedPair } from "../../../core/pair/captured.ts";
import {
  type Envelope,
  MAX_MESSAGE_SIZE_BYTES,
  MESSAGE_VERSION,
  type PairMessage,
} from "../../../core/wire/message.ts";
import { OUTBOX_NAME, type OutboxCalls } from "../../../core/wire/outbox.ts";
import { gzipped } from "./gzip.ts";

/**
 * For bucket and queue together. What the tee does in the background has 30 s in production; the answers before this take
 * most of them. A pair that is not handed over by then counts as dropped, and the consumer ignores it should it come late.
 */
const SEND_TIMEOUT_MS = 5_000;

export interface SendTo {
  readonly queue: Queue;
  readonly bodies: Pick<R2Bucket, "put">;
  /** `env.OUTBOX`: only the local start has one, and there it stands before the queue. */
  readonly outbox: DurableObjectNamespace | undefined;
}

/** Resolves when the queue or the outbox has acknowledged the pair. Throws when they or the bucket refuse, or it takes too long. */
export async function send(pair: CapturedPair, to: SendTo): Promise<void> {
  const sendBy = Date.now() + SEND_TIMEOUT_MS;
  const limit = Promise.withResolvers<never>();
  const tooLate = new Error(`not handed over within ${SEND_TIMEOUT_MS} ms`);
  const timer = setTimeout(() => limit.reject(tooLate), SEND_TIMEOUT_MS);
  try {
    await Promise.race([handOver(pair, to, sendBy), limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function handOver(pair: CapturedPair, to: SendTo, sendBy: number): Promise<void> {
  // The outbox refuses by its own clock, and may send again long after; only a message that goes straight to the queue runs out.
  const envelope: Envelope = { v: MESSAGE_VERSION, ...(to.outbox === undefined && { sendBy }) };
  const inline = packed({ ...envelope, pairs: [pair] });
  if (inline.byteLength <= MAX_MESSAGE_SIZE_BYTES) return post(inline, pair, { to, sendBy });
  const r2Key = messageKey(pair);
  await to.bodies.put(r2Key, inline);
  if (Date.now() > sendBy) throw new Error("the bucket took too long");
  return post(packed({ ...envelope, r2Key }), pair, { to, sendBy });
}

async function post(bytes: Uint8Array, { id }: CapturedPair, way: { to: SendTo; sendBy: number }): Promise<void> {
  const { queue, outbox } = way.to;
  if (outbox === undefined) {
    await queue.send(bytes, { contentType: "bytes" });
    return;
  }
  // The class lives in another Worker, so its type does not come with the binding; it implements OutboxCalls.
  const calls = outbox.getByName(OUTBOX_NAME) as unknown as OutboxCalls;
  await calls.put({ id, bytes, sendBy: way.sendBy });
}

/** By deployment, so that a deployment's messages can be deleted by prefix. */
export function messageKey(pair: Pick<CapturedPair, "deploymentId" | "id">): string {
  return `messages/${pair.deploymentId}/${pair.id}.json.gz`;
}

function packed(message: PairMessage): Uint8Array {
  return gzipped(JSON.stringify(message));
}
