/**
 * Who a stack is: repository, pull request and role, and the names that follow from it. The repository's id is written in base 36,
 * so two repositories never share a name and nothing has to be looked up.
 */
import { deploymentIdOf } from "../deployment-id.ts";

/** `shadow`: runs the pull request's head. `base`: runs the commit it is held against, for one pull request or for all of them. */
export type StackRole = "shadow" | "base";

export interface StackIdentity {
  readonly repoId: number;
  /** Null: a base stack that pull requests with the same merge base share. */
  readonly pr: number | null;
  readonly role: StackRole;
  /** The commit it runs, 40 hex digits. */
  readonly sha: string;
}

/** Digits of the commit in a shared base's name; a shared base is one commit's for ever. */
const SHARED_SHA_CHARS = 12;

/**
 * Name of the stack, a DNS label: `shadow-pr12-k3f9`, `shadow-pr12-k3f9-base`, `shadow-base-k3f9-0123456789ab`. The same for every
 * commit of a pull request, so that a push updates in place. It is the namespace, and the prefix of every name where all stacks share one.
 */
export function stackNameOf({ repoId, pr, role, sha }: StackIdentity): string {
  const repository = repoId.toString(36);
  if (pr === null) return `shadow-base-${repository}-${sha.slice(0, SHARED_SHA_CHARS)}`;
  return role === "shadow" ? `shadow-pr${pr}-${repository}` : `shadow-pr${pr}-${repository}-base`;
}

/** First label of its host under the operator's suffix: `pr-12-k3f9`. */
export function hostLabelOf(identity: StackIdentity): string {
  return stackNameOf(identity).replace(/^shadow-(?:pr)?/, identity.pr === null ? "" : "pr-");
}

/** What its gateway stamps answers with: the deployment's id, and for a base an id of the same form that no deployment has. */
export function stampOf({ repoId, pr, role, sha }: StackIdentity): string {
  const id = deploymentIdOf(repoId, pr ?? 0, sha);
  return role === "shadow" ? id : `${id}-base`;
}
