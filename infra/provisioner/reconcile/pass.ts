/** One look at one pull request, as its steps see it. */
import { deploymentIdOf } from "../../../core/shadow/deployment-id.ts";
import type { Desired } from "../../../core/shadow/pull/desired.ts";
import type { DeploymentState } from "../../../core/shadow/pull/steps.ts";
import type { Planned } from "../plan/plan.ts";
import { ReportUnavailable } from "../report/report.ts";
import type { PullMemory, PullRecord } from "./memory.ts";
import type { Loop } from "./parts.ts";
import type { Turn } from "./queue.ts";
import type { Together } from "./stacks.ts";

export interface Pass {
  readonly loop: Loop;
  readonly memory: PullMemory;
  readonly turn: Turn;
  /** GitHub and the report were read in this pass; nothing gets traffic on the strength of what was read earlier. */
  readonly fresh: boolean;
  /** What the drivers said in this pass. */
  together: Together | null;
}

/** `again`: not finished, come back after so many milliseconds. */
export type StepResult = "done" | { readonly again: number };

/** This pass is over: something newer is known, or the service ends. No failure. */
export class Superseded extends Error {}

export type Wanted = Extract<Desired, { readonly kind: "run" }>;

/** The wanted commit and its plan, for steps that only such situations have. */
export function wantedOf({ memory: { view, repoId, pr } }: Pass): {
  readonly id: string;
  readonly desired: Wanted;
  readonly planned: Planned;
} {
  if (view?.desired.kind !== "run" || view.planned === null) throw new Error("a step for a wanted commit without one");
  return { id: deploymentIdOf(repoId, pr, view.desired.sha), desired: view.desired, planned: view.planned };
}

/** The deployment of the wanted commit. Ids hold only twelve digits of it, so all are compared. */
export function recordOfWanted({ records, view }: PullMemory): PullRecord | null {
  const desired = view?.desired;
  return desired?.kind === "run" ? (records.find(({ headSha }) => headSha === desired.sha) ?? null) : null;
}

interface StateChange {
  readonly state: Exclude<DeploymentState, "closed">;
  readonly reason: string | null;
}

export async function setState({ loop, memory }: Pass, id: string, { state, reason }: StateChange): Promise<void> {
  const record = memory.records.find((known) => known.id === id);
  // A state may have been written although its lease could not be ended: it counts once an answer said that it was.
  const isSettled = state === "ready" || memory.ended.has(id);
  if (record?.state === state && record.reason === reason && isSettled) return;
  // Before the call: whether or not its answer arrives, nothing renews it.
  if (state !== "ready") loop.leases.forget(id);
  await loop.report.setState(id, { state, reason });
  if (state !== "ready") memory.ended.add(id);
  memory.records = memory.records.map((known) => (known.id === id ? { ...known, state, reason } : known));
}

/** Ends its lease and waits for it: for an answer, or until it must have run out because nothing has renewed it. */
export async function withdrawRecord(pass: Pass, { id, state }: PullRecord, reason: string): Promise<void> {
  const { loop, memory } = pass;
  loop.leases.forget(id);
  if (memory.ended.has(id) && (state === "closing" || state === "teardown_failed")) return;
  try {
    await setState(pass, id, { state: "closing", reason });
  } catch (error) {
    if (!(error instanceof ReportUnavailable && loop.leases.hasRunOut(id))) throw error;
    memory.ended.add(id);
  }
}

export async function closeRecord({ loop, memory }: Pass, id: string): Promise<void> {
  loop.leases.forget(id);
  await loop.report.close(id);
  memory.registered.delete(id);
  memory.ended.delete(id);
  memory.records = memory.records.filter((known) => known.id !== id);
}
