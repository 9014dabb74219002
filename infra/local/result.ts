/** The result of a start: what the summary shows and `--json` prints. `schemaVersion` grows with every change of its form. */
import type { Deployment } from "../../core/wire/api/deployments.ts";
import type { Drift } from "../../core/wire/api/drifts.ts";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import type { Route } from "../../core/wire/api/routes.ts";
import type { ExampleOutcome } from "./check.ts";

export const RESULT_SCHEMA_VERSION = 1;

export interface StartResult {
  readonly schemaVersion: typeof RESULT_SCHEMA_VERSION;
  /** Name of the example; null between two servers of the user's. */
  readonly example: string | null;
  readonly deploymentId: string;
  readonly reportUrl: string;
  /** Requests the launcher sent itself, and those production did not answer. */
  readonly requests: { readonly sent: number; readonly unanswered: number } | null;
  readonly ledger: Ledger;
  /** What the ledger does not explain; empty when every request is accounted for. */
  readonly missing: readonly string[];
  readonly counts: Deployment["counts"];
  readonly routes: readonly Route[];
  readonly drifts: readonly Drift[];
  /** Findings that were suppressed as noise. */
  readonly noise: number;
  /** Null between two servers of the user's. */
  readonly outcome: ExampleOutcome | null;
  readonly seconds: number;
  /** `passed`, `failed` (a regression was missed or noise reported) or `undecided` (not every request is accounted for). */
  readonly result: "passed" | "failed" | "undecided" | "watched";
}

/** How a start ended. The command line turns it into an exit code. */
export type StartEnd =
  | "passed"
  /** A planted regression was missed, or noise was reported. */
  | "failed"
  /** Refused before anything ran: a taken port, a file in the way. */
  | "usage"
  /** Something did not start or could not be reached, or not every request is accounted for. */
  | "undecided"
  | "interrupted";
