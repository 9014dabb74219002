/** Asks a shadow, or production a second time, and observes the answer within one time limit. */
import { type Side, see } from "../capture/answer.ts";
import { failureReason } from "../capture/failure.ts";
import type { Holding } from "../capture/memory.ts";

/** Headers and body together. The same for shadow and control. */
const ASK_TIMEOUT_MS = 5_000;

/** Never throws: no answer is an observation too. */
export async function ask(request: Request, holding: Holding): Promise<Side> {
  const startedAt = Date.now();
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
    const timing = { startedAt, headersAt: Date.now() };
    const seen = await see(response, timing, { maxMs: 2 * ASK_TIMEOUT_MS, holding });
    return seen;
  } catch (error) {
    return { failed: failureReason(error), latencyMs: Date.now() - startedAt };
  }
}
