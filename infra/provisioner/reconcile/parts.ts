/** What the loop is made of, and what its passes share. */
import type { RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import type { Driver, DriverName } from "../drivers/driver.ts";
import type { GitHub } from "../github/github.ts";
import type { Planner } from "../plan/plan.ts";
import type { Report } from "../report/report.ts";
import type { OperatorSettings } from "../settings/operator.ts";
import type { Away } from "./away.ts";
import type { Clock } from "./clock.ts";
import type { Leases } from "./leases.ts";
import type { PullMemory } from "./memory.ts";
import type { Places } from "./places.ts";

export interface ReconcilerParts {
  readonly github: GitHub;
  readonly report: Report;
  readonly planner: Planner;
  readonly drivers: readonly Driver[];
  readonly settings: Pick<
    OperatorSettings,
    "report" | "maxStacks" | "startLimitMs" | "idleAfterMs" | "repositories" | "pagesOrigin"
  >;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: ReconcilerLog;
}

/** Fields first, words after, as pino takes them. */
type LogLine = (fields: Readonly<Record<string, unknown>>, words: string) => void;

export interface ReconcilerLog {
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
}

export interface Loop extends ReconcilerParts {
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly pulls: Map<string, PullMemory>;
  /** What is known of a pull request, from now on if not before. */
  readonly remember: (key: string) => PullMemory;
  /** Those this installation serves and the operator lists; null: not read since the start. */
  repositories: ReadonlyMap<number, RepositoryFacts> | null;
  /** Open pull requests and deployments were listed completely since the start. */
  listed: boolean;
  /** Repositories whose open pull requests could not be listed the last time. */
  readonly unread: Set<number>;
  readonly leases: Leases;
  readonly places: Places;
  /** One at a time for each stack: a shared base is wanted and unwanted by several. */
  readonly locks: Map<string, Promise<unknown>>;
  readonly away: Away;
  readonly counts: { done: number; failed: number; swept: number };
  readonly wake: (key: string, urgent: boolean) => void;
  readonly isStopping: () => boolean;
}

export function driverOf(loop: Loop, name: DriverName): Driver | undefined {
  return loop.drivers.find((driver) => driver.name === name);
}
