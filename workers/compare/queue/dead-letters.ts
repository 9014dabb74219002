/**
 * The dead letters: pairs that could not be judged become Undecided rows, so that they stay counted and are never Safe.
 * A message of a newer version is never acknowledged: its bytes are kept in the bucket and it waits for a newer consumer.
 */
import { DEFAULT_COMPARE_SETTINGS } from "../../../core/compare/settings.ts";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { routeIn } from "../../../core/pair/route-in.ts";
import { judgeAndRecord, unjudged } from "../judge-and-record.ts";
import { decode } from "../message/decode.ts";
import { compareSettings } from "../record/compare-settings.ts";
import { record } from "../record/record.ts";
import type { Env } from "../settings.ts";
import { confirmStored } from "./confirm.ts";
import { retryDelaySeconds } from "./consume.ts";
import { logMessage } from "./log-message.ts";

/** The longest a queue delays a message (https://developers.cloudflare.com/queues/platform/limits/). */
const NEWER_VERSION_DELAY_S = 12 * 60 * 60;

const REASON = "This pair could not be judged or stored after several attempts.";

export function isDeadLetterQueue(queue: string): boolean {
  return /-dead(-|$)/.test(queue);
}

export async function buryDeadLetters(batch: MessageBatch, env: Env): Promise<void> {
  for (const message of batch.messages) {
    try {
      await bury(message, env);
    } catch (error) {
      logMessage("dead-letter-failed", message, String(error));
      message.retry({ delaySeconds: retryDelaySeconds(message.attempts) });
    }
  }
}

async function bury(message: Message, env: Env): Promise<void> {
  const decoded = await decode(message.body, env.BODIES);
  if (!decoded.ok && decoded.reason === "newer-version") return keepForLater(message, env, decoded.detail ?? "");
  if (!decoded.ok) {
    logMessage("dead-letter-lost", message, `${decoded.reason} ${decoded.detail ?? ""}`);
    message.ack();
    return;
  }
  const refused = await recordDead(message, decoded.value.pairs, env);
  await confirmStored(decoded.value.pairs, refused, env);
  if (refused.size === 0) {
    logMessage("dead-letter-undecided", message, `${decoded.value.pairs.length} pair(s)`);
    message.ack();
    return;
  }
  logMessage("dead-letter-refused", message, [...refused.values()].join("; "));
  message.retry({ delaySeconds: retryDelaySeconds(message.attempts) });
}

/** A message that waited here for a newer consumer is judged after all; what came to die is not tried again. */
async function recordDead(message: Message, pairs: readonly CapturedPair[], env: Env) {
  if (message.attempts > 1) {
    const { refused } = await judgeAndRecord(pairs, env);
    if (refused.size === 0) return refused;
  }
  const now = Date.now();
  const settings = await compareSettings(env.DB, pairs, now);
  const rows = pairs.map((captured) => {
    const { method, path } = captured.request;
    const nameOf = routeIn(settings.get(captured.deploymentId) ?? DEFAULT_COMPARE_SETTINGS);
    return unjudged(captured, nameOf(method, path), REASON);
  });
  const { refused } = await record(rows, { db: env.DB, now, batchId: crypto.randomUUID() });
  return refused;
}

async function keepForLater(message: Message, env: Env, version: string): Promise<void> {
  logMessage("dead-letter-newer-version", message, version);
  if (message.attempts === 1 && message.body instanceof ArrayBuffer)
    await env.BODIES.put(`dead-letters/${message.id}.json.gz`, message.body);
  message.retry({ delaySeconds: NEWER_VERSION_DELAY_S });
}
