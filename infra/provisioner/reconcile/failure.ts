/** What a pass that could not be finished leads to: who is away, what people are told, when to come again. */
import { DriverUnavailable } from "../drivers/driver.ts";
import { GitHubUnavailable } from "../github/github.ts";
import { ReportRefused, ReportUnavailable } from "../report/report.ts";
import { showUnavailable } from "./act.ts";
import type { PullMemory } from "./memory.ts";
import { backOff } from "./pace.ts";
import type { Loop } from "./parts.ts";
import { type Pass, Superseded } from "./pass.ts";
import type { Turn } from "./queue.ts";
import { sayRefused } from "./status.ts";

/** The report knows no such deployment (any more): everything is read and registered again. */
const LOST: ReadonlySet<string> = new Set(["deployment-not-found", "deployment-closed"]);

/** When to come again, milliseconds; null: when woken. */
export async function afterFailure(
  pass: Pick<Pass, "loop" | "memory" | "turn">,
  error: unknown,
): Promise<number | null> {
  const { loop, memory, turn } = pass;
  memory.stale = true;
  if (error instanceof Superseded || turn.signal.aborted) return null;
  loop.counts.failed += 1;
  const wait = backOff(memory.failures, loop.random);
  memory.failures += 1;
  if (error instanceof GitHubUnavailable) return Math.max(wait, error.retryAfterMs ?? 0);
  if (error instanceof ReportUnavailable) return wait;
  if (error instanceof DriverUnavailable) return afterDriver({ loop, memory, turn }, error, wait);
  if (error instanceof ReportRefused && !LOST.has(error.code)) return afterRefusal({ loop, memory, turn }, error);
  loop.log.error({ pull: memory.key, error: String(error) }, "A pass failed. It is tried again.");
  return wait;
}

interface Failed {
  readonly loop: Loop;
  readonly memory: PullMemory;
  readonly turn: Turn;
}

/** What GitHub and the report said still holds: only the driver is asked again. */
async function afterDriver(failed: Failed, error: DriverUnavailable, wait: number): Promise<number> {
  failed.memory.stale = false;
  await showUnavailable({ ...failed, fresh: false, together: null }, error);
  return wait;
}

/** Repeating it changes nothing: said on the pull request, and tried again with the next full pass. */
async function afterRefusal(failed: Failed, error: ReportRefused): Promise<null> {
  failed.memory.registered.clear();
  failed.loop.log.error({ pull: failed.memory.key, code: error.code }, error.message);
  await sayRefused({ ...failed, fresh: false, together: null }, error.message);
  return null;
}
