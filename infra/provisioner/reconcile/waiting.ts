/** What the report shows of a fork's commit that nobody approved: the pull request and why it waits. Nothing runs for it. */
import { deploymentIdOf } from "../../../core/shadow/deployment-id.ts";
import type { DeploymentPutBody } from "../../../core/wire/api/deployments.ts";
import { bareRegistration } from "../plan/registration.ts";
import type { PullMemory, PullRecord } from "./memory.ts";
import { type Pass, type StepResult, setState } from "./pass.ts";
import { reasonWords } from "./registration.ts";

/**
 * Whether a deployment stands for such a commit already. No driver was asked for anything since its lease last ended (`asked`), so it
 * has none and needs not be withdrawn. One that ran before its approval was taken back ends as any other and is made anew.
 */
export function isWaiting({ view }: PullMemory, { headSha, state, asked }: PullRecord): boolean {
  if (view?.desired.kind !== "wait" || view.desired.code !== "fork-unapproved") return false;
  return state === "pending" && asked === null && headSha === view.pull?.head.sha;
}

/** After everything else is gone. It has no hosts and no address, without which the report lets nothing get ready. */
export async function showWaiting(pass: Pass, words: string): Promise<StepResult> {
  const { loop, memory } = pass;
  const pull = memory.view?.pull ?? null;
  if (pull === null) return "done";
  const id = deploymentIdOf(memory.repoId, memory.pr, pull.head.sha);
  const body: DeploymentPutBody = {
    ...bareRegistration(pull),
    shadowOrigin: null,
    stamped: false,
    base: null,
    stack: null,
  };
  const text = JSON.stringify(body);
  if (memory.registered.get(id) !== text) {
    // Should the answer get lost, neither the old nor the new is known to stand there.
    memory.registered.delete(id);
    await loop.report.register(id, body);
    memory.registered.set(id, text);
  }
  if (!memory.records.some((record) => record.id === id))
    memory.records = [...memory.records, newRecord({ id, headSha: pull.head.sha, createdAt: loop.clock.now() })];
  await setState(pass, id, { state: "pending", reason: reasonWords(words) });
  return "done";
}

function newRecord(of: Pick<PullRecord, "id" | "headSha" | "createdAt">): PullRecord {
  return { ...of, state: "pending", reason: null, lastPairAt: null, asked: null, failure: null, baseSha: null };
}
