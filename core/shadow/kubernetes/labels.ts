/** Labels and annotations by which a stack's objects are found again, whoever made them. */
import { stackNameOf } from "../stack/identity.ts";
import type { StackSpec } from "../stack/spec.ts";

const PREFIX = "shadow-infra.dev";

export const MANAGED_BY = "app.kubernetes.io/managed-by";
export const MANAGER = "shadow-infra";

export const LABELS = {
  /** Name of the stack. */
  stack: `${PREFIX}/stack`,
  repository: `${PREFIX}/repository-id`,
  /** Absent from a base that pull requests share. */
  pull: `${PREFIX}/pull-request`,
  role: `${PREFIX}/role`,
  /** The commit, 40 digits. */
  sha: `${PREFIX}/sha`,
  /** `service`, `seed` or `gateway`: on workloads and pods. */
  part: `${PREFIX}/part`,
  /** Object name of the service: on pods of a service, of whatever commit. What Services select. */
  service: `${PREFIX}/service`,
  /** Object name of the workload: on workloads and pods. */
  workload: `${PREFIX}/workload`,
} as const;

export const ANNOTATIONS = {
  /** `owner/name`. */
  repository: `${PREFIX}/repository`,
  /** ISO 8601. */
  expiresAt: `${PREFIX}/expires-at`,
  /** The compose service's own name: on workloads. */
  composeService: `${PREFIX}/compose-service`,
  /** Changes when anything of the stack changes, so that all pods are made anew together: on pods. */
  content: `${PREFIX}/content`,
} as const;

/** On every object of the stack and on its pods. */
export function stackLabels({ identity }: StackSpec): Readonly<Record<string, string>> {
  return {
    [MANAGED_BY]: MANAGER,
    [LABELS.stack]: stackNameOf(identity),
    [LABELS.repository]: String(identity.repoId),
    ...(identity.pr === null ? {} : { [LABELS.pull]: String(identity.pr) }),
    [LABELS.role]: identity.role,
    [LABELS.sha]: identity.sha,
  };
}

/** Selects everything of the stack, of whatever commit. */
export function stackSelector({ identity }: StackSpec): Readonly<Record<string, string>> {
  return { [LABELS.stack]: stackNameOf(identity) };
}
