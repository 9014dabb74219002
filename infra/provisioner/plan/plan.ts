/**
 * From a pull request's facts to what should run for it: the repository's files are read at the commits they count from, trusted as
 * far as they may be, and made into specs and a registration. Reads only; nothing is started here.
 */
import type { ComposeNote } from "../../../core/shadow/compose/note.ts";
import type { PullFacts } from "../../../core/shadow/pull/facts.ts";
import type { StackSpec } from "../../../core/shadow/stack/spec.ts";
import type { DeploymentPutBody } from "../../../core/wire/api/deployments.ts";
import type { DriverName } from "../drivers/driver.ts";

export interface PullPlan {
  readonly driver: DriverName;
  readonly shadow: StackSpec;
  /** The stack of the base commit, of its own or shared; null where production is the reference. */
  readonly base: StackSpec | null;
  /** What is registered, but for the addresses, which the stacks have. */
  readonly registration: Omit<DeploymentPutBody, "shadowOrigin" | "base" | "stamped" | "stack">;
  /** Share of the samples for which the base is asked twice. */
  readonly againShare: number;
  /** Share of the samples for which production is asked twice, should the base not run. */
  readonly refetchShare: number;
  readonly notes: readonly ComposeNote[];
}

export type Planned =
  | { readonly ok: true; readonly plan: PullPlan }
  /** `waiting`: an image is not there yet. `refused`: somebody has to change something; `code` is stable, `words` say what to do. */
  | {
      readonly ok: false;
      readonly kind: "waiting" | "refused";
      readonly code: string;
      readonly words: string;
      readonly notes: readonly ComposeNote[];
      /** As much of the registration as could be made, so that the report shows the pull request. */
      readonly registration: Omit<DeploymentPutBody, "shadowOrigin" | "base" | "stamped" | "stack">;
      readonly driver: DriverName;
    };

/** Since when this commit (or the retry of it) waits, Unix milliseconds: images are waited for from then on. */
export interface PlanQuestion {
  readonly pull: PullFacts;
  readonly since: number;
  readonly now: number;
  /** Of the last retry command; "" without one. */
  readonly attempt: string;
}

/** Rejects with `GitHubUnavailable` when a file could not be read: nothing is known then. */
export type Planner = (question: PlanQuestion) => Promise<Planned>;
