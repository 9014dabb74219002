/** The end of a mirrored request that became a pair: counted where its answers were equal, otherwise redacted and sent. */
import { redactPair, redactPath } from "../../../core/redact/pair.ts";
import { logError } from "../log.ts";
import type { End, Tally } from "../routing/counters.ts";
import { send } from "../send/message.ts";
import { redactorFor, rulesFor } from "../send/redactor.ts";
import { turnFor } from "./pacing.ts";
import { capturedBytes, type Material, settledPair, wholePair } from "./pair.ts";
import { settle } from "./settle.ts";

interface Around {
  /** All answers were equal byte for byte. */
  readonly equal: boolean;
  readonly tally: Tally;
  readonly env: TeeEnv;
  readonly bodies: Pick<R2Bucket, "put">;
}

export async function finish(material: Material, { equal, tally, env, bodies }: Around): Promise<End> {
  const { target } = material;
  const redactor = redactorFor(target.repoId, env.SHADOW_INFRA_REDACTION_KEY, material.arrivedAt);
  const rules = await rulesFor(target.settings.redact);
  if (equal && Math.random() >= target.equalRowShare) {
    settle(material, tally, (path) => redactPath(path, redactor, rules));
    return { end: "equal" };
  }
  if (!equal) await turnFor(capturedBytes(material));
  const redacted = redactPair(equal ? settledPair(material) : wholePair(material), redactor, rules);
  try {
    await send(redacted, { queue: env.PAIR_QUEUE, bodies, outbox: env.OUTBOX });
    return { end: "sent" };
  } catch (error) {
    logError("a pair could not be queued", error);
    return { end: "dropped", reason: "queue" };
  }
}
