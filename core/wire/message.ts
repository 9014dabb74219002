/**
 * The envelope on the queue between the tee and the consumer: gzip of JSON, versioned.
 * No schema library here: the tee writes it on its way past production. `message-schema.ts` checks it where it is read.
 */
import type { CapturedPair } from "../pair/captured.ts";

/** Raised when an older consumer could not read the new form. An unknown newer version is retried, never acknowledged. */
export const MESSAGE_VERSION = 1;

/**
 * The largest message that is sent, in bytes after gzip. The queue's limit is 128,000 B
 * (https://developers.cloudflare.com/queues/platform/limits/); one byte more gives an opaque error, so there is a margin.
 */
export const MAX_MESSAGE_SIZE_BYTES = 127_000;

/** What every message begins with. */
export interface Envelope {
  readonly v: typeof MESSAGE_VERSION;
  /**
   * Unix time in milliseconds by which the tee wanted it on the queue. Later it has counted the pair as dropped, so a message
   * that the queue took after that is not recorded: every pair ends in one state. Absent where an outbox stands between.
   */
  readonly sendBy?: number;
}

/** Pairs that travel inside the message. */
export interface InlineMessage extends Envelope {
  readonly pairs: readonly CapturedPair[];
}

/** Pairs too large for the queue: the same gzip bytes lie in the bucket under `r2Key`. */
export interface StoredMessage extends Envelope {
  readonly r2Key: string;
}

export type PairMessage = InlineMessage | StoredMessage;
