/**
 * What every driver does: bring one stack a step nearer to its spec and say where it stands. Level-triggered: each call looks at what
 * is there and does what is missing, so it may be repeated, stopped or restarted at any moment. The loop around it is `reconcile/`.
 */
import type { StackIdentity } from "../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../core/shadow/stack/spec.ts";

export const STACK_DRIVERS = ["kubernetes", "docker", "url", "process"] as const;
export type DriverName = (typeof STACK_DRIVERS)[number];

/** Why a stack does not run; each has words in the report. Stable. */
export const STACK_FAILURES = [
  "image-pull",
  "crash-loop",
  "unhealthy",
  "quota",
  "pod-security",
  "unschedulable",
  "seed-failed",
  "dependency-failed",
  "config-error",
  "refused-by-cluster",
  "start-timeout",
  "no-preview",
] as const;
export type StackFailure = (typeof STACK_FAILURES)[number];

/** One service of the stack as the report shows it. */
export interface ServiceStanding {
  readonly name: string;
  readonly image: string;
  readonly state: "waiting" | "starting" | "ready" | "done" | "failed" | "idle";
  /** Null where there is nothing to say. */
  readonly reason: string | null;
}

export type StackStanding = {
  readonly services: readonly ServiceStanding[];
  /** Which Pod Security the pods meet; null for drivers without pods. */
  readonly podSecurity: "restricted" | "baseline" | null;
} & (
  | { readonly state: "progressing"; readonly words: string }
  /** All services run this commit, none runs another, the seed has run, and the gateway answers with its stamp. */
  | { readonly state: "ready"; readonly origin: string; readonly stamped: boolean }
  | {
      readonly state: "failed";
      readonly failure: StackFailure;
      readonly words: string;
      /** The last lines of the container that failed, as they are: data from code under review. */
      readonly log: string | null;
    }
  | { readonly state: "idle" }
);

/** A stack that exists, found by our labels, whoever made it. */
export interface FoundStack {
  readonly name: string;
  readonly repoId: number;
  readonly pr: number | null;
  readonly role: "shadow" | "base";
  readonly sha: string;
  readonly expiresAt: number;
  readonly removing: boolean;
}

export interface Driver {
  readonly name: DriverName;
  /**
   * One step towards the spec. Rejects with `DriverUnavailable` when the cluster or engine cannot be reached or is busy:
   * the loop comes back later, and nothing is known.
   */
  readonly ensure: (spec: StackSpec, signal: AbortSignal) => Promise<StackStanding>;
  /** Scales a stack to nothing and keeps its objects; `ensure` brings it back. */
  readonly idle: (spec: StackSpec, signal: AbortSignal) => Promise<void>;
  /** Begins or continues the removal; `gone` once nothing is left. Removing what is not there is `gone`. */
  readonly remove: (name: string, signal: AbortSignal) => Promise<"removing" | "gone">;
  readonly list: (signal: AbortSignal) => Promise<readonly FoundStack[]>;
  /**
   * Images by service that the stack of exactly this commit was last asked to run; empty where there is none. Absent from drivers
   * that run no images.
   */
  readonly images?: (identity: StackIdentity, signal: AbortSignal) => Promise<Readonly<Record<string, string>>>;
}

/** The other side cannot be reached, or asks us to come later. `message` is for people. */
export class DriverUnavailable extends Error {}
