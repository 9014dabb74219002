/** How long a stack may start before somebody is told that it does not. Drivers know what starts; how long is too long is said here for all. */
import { stackNameOf } from "../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../core/shadow/stack/spec.ts";
import type { StackFailure, StackStanding } from "../drivers/driver.ts";
import type { PullMemory, PullRecord } from "./memory.ts";
import type { Loop } from "./parts.ts";
import { WORDS } from "./words.ts";

/** A driver with a limit of its own (Kubernetes) says more about what is late: its words come first. */
const GRACE_MS = 30_000;

const TOO_LATE: ReadonlySet<string> = new Set<StackFailure>(["start-timeout", "no-preview"]);

/**
 * Counted from the first time that this commit and attempt were found starting, and from each time that they stopped running. The
 * driver is asked on: whatever runs later is ready after all.
 */
export function withinLimit(
  { loop, memory }: { readonly loop: Loop; readonly memory: PullMemory },
  spec: StackSpec,
  standing: StackStanding,
): StackStanding {
  const key = startKey(spec);
  if (standing.state === "ready") memory.starting.delete(key);
  if (standing.state !== "progressing") return standing;
  const now = loop.clock.now();
  const since = memory.starting.get(key) ?? now;
  memory.starting.set(key, since);
  const limitMs = loop.settings.startLimitMs;
  if (now - since < limitMs + GRACE_MS) return standing;
  const failure = spec.workload.kind === "preview" ? "no-preview" : "start-timeout";
  return { ...standing, state: "failed", failure, words: WORDS.tooLate(limitMs, standing.words), log: null };
}

/** What is not asked for any more starts no more. */
export function forgetStarts({ starting }: PullMemory, specs: readonly StackSpec[]): void {
  const keys = new Set(specs.map(startKey));
  for (const key of starting.keys()) if (!keys.has(key)) starting.delete(key);
}

/** A loop that was just started gives nothing a second time that was given up already. */
export function keepGivenUp({ starting }: PullMemory, spec: StackSpec, record: PullRecord): void {
  const isGivenUp = record.state === "failed" && TOO_LATE.has(record.failure ?? "");
  if (isGivenUp && !starting.has(startKey(spec))) starting.set(startKey(spec), Number.NEGATIVE_INFINITY);
}

function startKey({ identity, attempt }: StackSpec): string {
  return `${stackNameOf(identity)} ${identity.sha} ${attempt}`;
}
