/** From a stack's spec to the Kubernetes objects that run it. */
import type { Result } from "../../pair/result.ts";
import type { StackSpec } from "../stack/spec.ts";
import type { ClusterOptions, KnownAddresses } from "./options.ts";
import type { KubernetesStack, StackRefusal } from "./stack.ts";

/**
 * The same spec, options and addresses give the same objects. Call it with `NO_ADDRESSES` first, look up what `wants` names, and
 * call it again.
 */
export function objectsOf(
  spec: StackSpec,
  _cluster: ClusterOptions,
  _addresses: KnownAddresses,
): Result<KubernetesStack, StackRefusal> {
  return { ok: false, reason: "not-compose", detail: spec.workload.kind };
}
