/**
 * What tee and consumer say to the outbox of the local start (durable-objects/outbox). A deployed queue is durable; the local
 * one lives in memory, so there the tee hands its messages to the outbox, which keeps each until its pair is stored.
 */

/** The one outbox object of a local start. */
export const OUTBOX_NAME = "pairs";

/** A message on its way, as it goes on the queue. */
export interface Parcel {
  /** The id of the pair inside. A second parcel of the same id changes nothing. */
  readonly id: string;
  /** The queue's message: at most `MAX_MESSAGE_SIZE_BYTES`. */
  readonly bytes: Uint8Array;
  /** Unix time in milliseconds after which the tee has given it up: later it is refused. */
  readonly sendBy: number;
}

/** The calls the outbox answers. */
export interface OutboxCalls {
  /** Resolves when the parcel is on disk: from then on it reaches the consumer, also after a kill. Rejects when it is too late. */
  put(parcel: Parcel): Promise<void>;
  /** From the consumer: these pairs are stored. Ids that are not here are nothing to it. */
  confirm(ids: readonly string[]): Promise<void>;
  status(): Promise<OutboxStatus>;
}

export interface OutboxStatus {
  /** Parcels that are not confirmed yet. */
  readonly waiting: number;
  /** Of those, the ones that were sent so often without being stored that they are not sent again before the next start. */
  readonly givenUp: number;
}
