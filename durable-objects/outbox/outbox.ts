/**
 * The outbox of the local start: keeps what the tee sends on disk and sends it to the queue until the consumer says that it is
 * stored. The local queue lives in memory and forgets everything when its process is killed. Not part of a deployment.
 *
 *   tee -> put (on disk, acknowledged) -> queue -> consumer -> tables -> confirm (deleted)
 */
import { DurableObject } from "cloudflare:workers";
import type { OutboxCalls, OutboxStatus, Parcel } from "../../core/wire/outbox.ts";
import { createTable, keep, putBack, remove, statusOf, takeDue } from "./parcels.ts";

/** While anything waits the object wakes that often: also so long after a start it sends what the last life left. */
const WAKE_MS = 5_000;

/** After a refusal of the queue. */
const REFUSED_PAUSE_MS = 1_000;

export interface OutboxEnv {
  /** Only the local start's configuration has it, and this object. */
  readonly PAIR_QUEUE?: Queue;
}

/** This process; made with the first object, because a module may not draw random numbers as it loads. */
let lifeOfProcess = "";

export class Outbox extends DurableObject<OutboxEnv> implements OutboxCalls {
  readonly #sql: SqlStorage;
  readonly #life: string;
  #sending = false;

  constructor(ctx: DurableObjectState, env: OutboxEnv) {
    super(ctx, env);
    lifeOfProcess ||= crypto.randomUUID();
    this.#life = lifeOfProcess;
    this.#sql = ctx.storage.sql;
    createTable(this.#sql);
  }

  async put(parcel: Parcel): Promise<void> {
    if (Date.now() > parcel.sendBy) throw new Error("the tee has given this pair up");
    keep(this.#sql, parcel);
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + WAKE_MS);
    this.ctx.waitUntil(this.#send());
  }

  async confirm(ids: readonly string[]): Promise<void> {
    remove(this.#sql, ids);
  }

  async status(): Promise<OutboxStatus> {
    return statusOf(this.#sql, this.#life);
  }

  override async alarm(): Promise<void> {
    await this.#send();
    const { waiting, givenUp } = statusOf(this.#sql, this.#life);
    if (givenUp > 0) console.error(JSON.stringify({ event: "outbox-given-up", pairs: givenUp }));
    if (waiting > givenUp) await this.ctx.storage.setAlarm(Date.now() + WAKE_MS);
  }

  /** One at a time; whoever comes meanwhile is in its next round. Never throws: the alarm tries again. */
  async #send(): Promise<void> {
    const queue = this.env.PAIR_QUEUE;
    if (this.#sending || queue === undefined) return;
    this.#sending = true;
    try {
      while (await this.#sendBatch(queue));
    } finally {
      this.#sending = false;
    }
  }

  /** False when nothing is due or the queue refuses. */
  async #sendBatch(queue: Queue): Promise<boolean> {
    const batch = takeDue(this.#sql, this.#life, Date.now());
    if (batch.length === 0) return false;
    try {
      // As views: the queue takes no bare buffers.
      await queue.sendBatch(batch.map(({ bytes }) => ({ body: new Uint8Array(bytes), contentType: "bytes" as const })));
      return true;
    } catch (error) {
      console.error(
        JSON.stringify({ event: "outbox-refused", pairs: batch.length, error: String(error).slice(0, 300) }),
      );
      putBack(this.#sql, batch, Date.now() + REFUSED_PAUSE_MS);
      return false;
    }
  }
}
