/** What the rest of the service sees of the loop that brings stacks to where GitHub says they should be. */

/** Something may have changed there. Carries no state: the loop reads everything anew. */
export type WakeUp =
  | { readonly kind: "pull"; readonly repoId: number; readonly pr: number }
  | { readonly kind: "repository"; readonly repoId: number }
  | { readonly kind: "all" };

export interface Reconciler {
  /** Returns at once. Wake-ups of one pull request while it is worked on become one. */
  readonly wake: (wakeUp: WakeUp) => void;
  /** Runs until `stop`: at start, on wake-ups, every 5 minutes; renews leases every 20 s; sweeps every 10 minutes. */
  readonly start: () => void;
  /** Lets the step in hand end, starts no other. Leases run on until they expire or the next start renews them. */
  readonly stop: () => Promise<void>;
  readonly standing: () => ReconcilerStanding;
}

/** For /readyz and /metrics. Times are Unix milliseconds. */
export interface ReconcilerStanding {
  /** When every pull request was last looked at with success; null: not since the start. */
  readonly lastPassAt: number | null;
  readonly pulls: number;
  readonly stacks: Readonly<Record<"pending" | "ready" | "failed" | "idle" | "closing" | "teardown_failed", number>>;
  readonly reconciles: { readonly done: number; readonly failed: number };
  readonly leases: { readonly renewed: number; readonly failed: number };
  readonly swept: number;
  /** Who does not answer at the moment, and in what words. */
  readonly unavailable: Readonly<Partial<Record<"github" | "report" | "driver", string>>>;
}
