/** A stack of one process, as the planner asks for it. */
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";

export const LIMITS: StackSpec["limits"] = {
  cpus: 1,
  memoryBytes: 1,
  services: 1,
  storageBytes: 1,
  defaultCpus: 1,
  defaultMemoryBytes: 1,
  podSecurity: "restricted",
};

export function specOf(command: readonly string[], over: Partial<StackSpec> = {}): StackSpec {
  return {
    identity: { repoId: 7, pr: 3, role: "shadow", sha: "a".repeat(40) },
    repository: "acme/shop",
    expiresAt: 4_000_000_000_000,
    attempt: "",
    limits: LIMITS,
    workload: { kind: "process", command, env: { GREETING: "hello" } },
    ...over,
  };
}
