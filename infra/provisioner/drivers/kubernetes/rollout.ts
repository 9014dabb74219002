/** Whether a deployment or a job of the cluster has become what it should be, from its status alone. Pure. */
import type { StackFailure } from "../driver.ts";
import type { LiveCondition, LiveDeployment, LiveJob } from "./live.ts";
import { podRefusalOf } from "./refusal.ts";

type Rollout =
  | { readonly state: "ready" }
  | { readonly state: "starting"; readonly words: string }
  | { readonly state: "failed"; readonly failure: StackFailure; readonly words: string };

/** How long pods may be refused for a reason that nobody knows before it counts. */
export const REFUSED_GRACE_MS = 30_000;

/** Ready: the controller has seen the newest generation, and all replicas run it and are available. */
export function rolloutOf(deployment: LiveDeployment, now: number): Rollout {
  const { metadata, status } = deployment;
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 1))
    return { state: "starting", words: "is being rolled out" };
  const refused = conditionOf(status?.conditions, "ReplicaFailure");
  if (refused?.status !== "True") return replicasOf(deployment);
  const words = refused.message ?? refused.reason ?? "its pods are refused";
  const failure = podRefusalOf(words);
  if (failure === null) return { state: "starting", words };
  // Admission that cannot be reached, or an account that is only just being made, is tried again by the controller.
  const fresh = now - Date.parse(refused.lastTransitionTime ?? "") < REFUSED_GRACE_MS;
  return failure === "refused-by-cluster" && fresh ? { state: "starting", words } : { state: "failed", failure, words };
}

function replicasOf({ spec, status = {} }: LiveDeployment): Rollout {
  const wanted = spec?.replicas ?? 1;
  const { updatedReplicas = 0, availableReplicas = 0, replicas = 0, conditions } = status;
  if (updatedReplicas >= wanted && availableReplicas >= wanted && replicas <= updatedReplicas)
    return { state: "ready" };
  const progress = conditionOf(conditions, "Progressing");
  if (progress?.status === "False" && progress.reason === "ProgressDeadlineExceeded")
    return { state: "failed", failure: "unhealthy", words: "did not become healthy in time" };
  return { state: "starting", words: `${availableReplicas} of ${wanted} ready` };
}

type JobStanding = "done" | "running" | "failed";

export function jobStandingOf({ status }: LiveJob): JobStanding {
  if (conditionOf(status?.conditions, "Complete")?.status === "True") return "done";
  return conditionOf(status?.conditions, "Failed")?.status === "True" ? "failed" : "running";
}

function conditionOf(conditions: readonly LiveCondition[] | undefined, type: string): LiveCondition | undefined {
  return conditions?.find((condition) => condition.type === type);
}
