/**
 * A queue batch, message by message: decode -> judge and record together -> acknowledge or retry each on its own.
 * One bad message never blocks the others; what cannot be read goes to the dead letters by being retried.
 */
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { judgeAndRecord } from "../judge-and-record.ts";
import { type Decoded, decode } from "../message/decode.ts";
import type { Env } from "../settings.ts";
import { confirmStored } from "./confirm.ts";
import { logMessage } from "./log-message.ts";

/** Characters of JSON judged at once. A usual batch is a fraction; 20 of the largest messages do not fit an isolate's 128 MB. */
const GROUP_BUDGET_CHARS = 12_000_000;

/** Wait before a message is delivered again while D1 is in trouble: 5 s, doubled each time, five minutes at most. */
export function retryDelaySeconds(attempts: number): number {
  return Math.min(5 * 2 ** Math.max(0, attempts - 1), 300);
}

interface Readable {
  readonly message: Message;
  readonly pairs: readonly CapturedPair[];
}

export async function consume(batch: MessageBatch, env: Env): Promise<void> {
  let group: Readable[] = [];
  let size = 0;
  for (const message of batch.messages) {
    const decoded = await readable(message, env);
    if (decoded === null) continue;
    if (size + decoded.size > GROUP_BUDGET_CHARS) {
      await settle(group, env);
      group = [];
      size = 0;
    }
    group.push({ message, pairs: decoded.pairs });
    size += decoded.size;
  }
  await settle(group, env);
}

async function readable(message: Message, env: Env) {
  try {
    const decoded = await decode(message.body, env.BODIES);
    if (decoded.ok) return inTime(message, decoded.value) ? decoded.value : null;
    logMessage("message-unreadable", message, `${decoded.reason} ${decoded.detail ?? ""}`);
    message.retry();
  } catch (error) {
    logMessage("bucket-failed", message, String(error));
    message.retry({ delaySeconds: retryDelaySeconds(message.attempts) });
  }
  return null;
}

/** The tee has counted a late one as dropped; recorded as well, its request would end in two states. */
function inTime(message: Message, { sendBy }: Decoded): boolean {
  if (sendBy === undefined || message.timestamp.getTime() <= sendBy) return true;
  logMessage("message-late", message, `taken ${message.timestamp.getTime() - sendBy} ms after it was given up`);
  message.ack();
  return false;
}

async function settle(group: readonly Readable[], env: Env): Promise<void> {
  if (group.length === 0) return;
  try {
    const all = group.flatMap((g) => g.pairs);
    const { refused } = await judgeAndRecord(all, env);
    await confirmStored(all, refused, env);
    for (const { message, pairs } of group) {
      const why = pairs.map((p) => refused.get(p.id)).find((reason) => reason !== undefined);
      if (why === undefined) message.ack();
      else {
        logMessage("pair-refused", message, why);
        message.retry();
      }
    }
  } catch (error) {
    for (const { message } of group) {
      logMessage("batch-failed", message, String(error));
      message.retry({ delaySeconds: retryDelaySeconds(message.attempts) });
    }
  }
}
