/**
 * The decision table of the loop: from where a pull request's shadow stands to the steps that bring it to where it should be. Every
 * step does nothing where there is nothing to do, so that a pass may begin at any moment and end at any step.
 */
import type { DEPLOYMENT_STATES } from "../../wire/api/deployments.ts";
import type { Desired } from "./desired.ts";

export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

/** What the report holds of one commit's deployment that is not closed. */
export interface RecordFacts {
  readonly id: string;
  readonly headSha: string;
  readonly state: DeploymentState;
}

export interface StandingFacts {
  readonly desired: Desired;
  /** Of the wanted commit; null: the report knows none. */
  readonly record: RecordFacts | null;
  /** What the plan says; `expired`: its time to live is over and nobody keeps it. */
  readonly plan: "none" | "waiting" | "refused" | "expired" | "ok";
  /** Nothing was mirrored to it for as long as the operator allows. */
  readonly unused: boolean;
  /** Its stacks found room among the operator's number of stacks. */
  readonly place: boolean;
  /** What is asked of the driver differs from what was asked before: it will be changed, so nothing is mirrored meanwhile. */
  readonly changed: boolean;
  /** All its stacks together; `unknown` before the driver was asked. */
  readonly stacks: "unknown" | "progressing" | "ready" | "failed";
}

export const SITUATIONS = [
  "waits-for-approval",
  "unwanted",
  "expired",
  "refused",
  "waits-for-image",
  "waits-for-place",
  "unused",
  "unasked",
  "progressing",
  "failed",
  "ready",
] as const;
export type Situation = (typeof SITUATIONS)[number];

export const STEPS_OF_LOOP = [
  /** Ends the leases of all its deployments and says why. */
  "withdraw",
  /** Closes deployments of other commits: never two of one pull request get traffic. */
  "end-others",
  "show-pending",
  "show-failed",
  "show-idle",
  /** Brings the stacks a step nearer, then the table is asked again. */
  "ensure",
  "scale-down",
  /** Removes what an earlier plan needed and this one does not. */
  "tidy",
  "remove",
  /** All deployments but the one that waits. */
  "close",
  /** A deployment of its own without stack, address and hosts, so that people see what waits. */
  "show-waiting",
  "register",
  "make-ready",
  "lease",
] as const;
export type Step = (typeof STEPS_OF_LOOP)[number];

/** In this order; a step that is not finished ends the pass, and the next begins anew. */
export const STEPS: Readonly<Record<Situation, readonly Step[]>> = {
  "waits-for-approval": ["withdraw", "remove", "close", "show-waiting"],
  unwanted: ["withdraw", "remove", "close"],
  expired: ["withdraw", "remove", "close"],
  refused: ["end-others", "show-failed", "remove"],
  "waits-for-image": ["end-others", "show-pending"],
  "waits-for-place": ["end-others", "show-pending"],
  unused: ["end-others", "show-idle", "scale-down"],
  unasked: ["end-others", "show-pending", "ensure"],
  progressing: ["end-others", "show-pending", "tidy"],
  failed: ["end-others", "show-failed", "tidy"],
  ready: ["end-others", "register", "make-ready", "lease", "tidy"],
};

/** The first row that holds names the situation. */
const ROWS: readonly (readonly [Situation, (facts: StandingFacts) => boolean])[] = [
  ["waits-for-approval", ({ desired }) => desired.kind === "wait" && desired.code === "fork-unapproved"],
  ["unwanted", ({ desired }) => desired.kind !== "run"],
  ["expired", ({ plan }) => plan === "expired"],
  ["refused", ({ plan }) => plan === "refused"],
  ["waits-for-image", ({ plan }) => plan !== "ok"],
  ["unused", ({ unused, record }) => unused && (record?.state === "ready" || record?.state === "idle")],
  ["waits-for-place", ({ place }) => !place],
  ["unasked", ({ stacks }) => stacks === "unknown"],
  ["progressing", ({ stacks }) => stacks === "progressing"],
  ["failed", ({ stacks }) => stacks === "failed"],
];

export function situationOf(facts: StandingFacts): Situation {
  return ROWS.find(([, holds]) => holds(facts))?.[0] ?? "ready";
}

/** States that stand while a stack is only looked at; from any other, what is asked of the driver is shown first. */
const STANDS: ReadonlySet<DeploymentState> = new Set(["ready", "failed", "pending"]);

export function stepsOf(facts: StandingFacts): readonly Step[] {
  const situation = situationOf(facts);
  const isLookedAt = facts.record !== null && !facts.changed && STANDS.has(facts.record.state);
  return situation === "unasked" && isLookedAt
    ? STEPS[situation].filter((step) => step !== "show-pending")
    : STEPS[situation];
}
