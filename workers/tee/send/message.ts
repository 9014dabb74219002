/** Packs a redacted pair and hands it to the queue; what is too large for a message goes to the bucket and the message names it. */
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { MAX_MESSAGE_SIZE_BYTES, MESSAGE_VERSION, type PairMessage } from "../../../core/wire/message.ts";

export interface Outbox {
  readonly queue: Queue;
  readonly bodies: R2Bucket;
}

/** Throws when the queue or the bucket refuses. */
export async function send(pair: CapturedPair, { queue, bodies }: Outbox): Promise<void> {
  const inline = await packed({ v: MESSAGE_VERSION, pairs: [pair] });
  if (inline.byteLength <= MAX_MESSAGE_SIZE_BYTES) {
    await queue.send(inline, { contentType: "bytes" });
    return;
  }
  const r2Key = messageKey(pair);
  await bodies.put(r2Key, inline);
  await queue.send(await packed({ v: MESSAGE_VERSION, r2Key }), { contentType: "bytes" });
}

/** By deployment, so that a deployment's messages can be deleted by prefix. */
export function messageKey(pair: Pick<CapturedPair, "deploymentId" | "id">): string {
  return `messages/${pair.deploymentId}/${pair.id}.json.gz`;
}

/** As a view: the queue takes no bare buffer. */
async function packed(message: PairMessage): Promise<Uint8Array> {
  const json = new Blob([JSON.stringify(message)]);
  const zipped = new Response(json.stream().pipeThrough(new CompressionStream("gzip")));
  return new Uint8Array(await zipped.arrayBuffer());
}
