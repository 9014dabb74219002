/** What the tests of planning look at in a planner's answer. */
import type { ComposeWorkload } from "../../../core/shadow/stack/spec.ts";
import { DeploymentPutSchema } from "../../../core/wire/api/deployments.ts";
import type { Planned, PullPlan } from "../../../infra/provisioner/plan/plan.ts";
import { planned, type World } from "./repository.ts";

export async function planOf(world: World = {}): Promise<PullPlan> {
  const result = await planned(world);
  if (!result.ok) throw new Error(`${result.code}: ${result.words}`);
  return result.plan;
}

export function workloadOf(spec: PullPlan["base"]): ComposeWorkload {
  if (spec?.workload.kind !== "compose") throw new Error("no stack of a compose file");
  return spec.workload;
}

export async function refusal(world: World): Promise<Extract<Planned, { ok: false }>> {
  const result = await planned(world);
  if (result.ok) throw new Error("it is planned");
  return result;
}

/** Every problem leaves something the report can show. */
export function isRegistrable({ registration }: Pick<PullPlan, "registration">): boolean {
  return DeploymentPutSchema.safeParse({ ...registration, shadowOrigin: null }).success;
}
