/** Tells the outbox, where there is one (the local start), which pairs are in the tables, so that it sends them no more. */
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { OUTBOX_NAME, type OutboxCalls } from "../../../core/wire/outbox.ts";
import type { Env } from "../settings.ts";

/** Never throws: a pair that could not be confirmed is sent once more and found stored. */
export async function confirmStored(
  pairs: readonly CapturedPair[],
  refused: ReadonlyMap<string, string>,
  env: Pick<Env, "OUTBOX">,
): Promise<void> {
  if (env.OUTBOX === undefined) return;
  // The class lives in another Worker, so its type does not come with the binding; it implements OutboxCalls.
  const outbox = env.OUTBOX.getByName(OUTBOX_NAME) as unknown as OutboxCalls;
  const stored = pairs.map(({ id }) => id).filter((id) => !refused.has(id));
  try {
    await outbox.confirm(stored);
  } catch (error) {
    console.error(
      JSON.stringify({ event: "confirm-failed", pairs: stored.length, error: String(error).slice(0, 300) }),
    );
  }
}
