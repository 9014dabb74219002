/** Labels by which everything of a stack is found again on an engine, whoever made it. */
import { LABELS, MANAGED_BY, stackLabels } from "../../../../core/shadow/kubernetes/labels.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { FoundStack } from "../driver.ts";

/**
 * As the stack was made with: an engine cannot change the labels of what runs, and making it anew would lose its data. The loop goes by
 * the plan, which may give it longer; who clears up by hand looks at the report first.
 */
const EXPIRES_AT = "shadow-infra.dev/expires-at";

/** Changes when anything of the stack does: on containers. */
export const CONTENT = "shadow-infra.dev/content";

/** docker compose's own, by which its containers are known. */
export const SERVICE = "com.docker.compose.service";
const ONE_OFF = "com.docker.compose.oneoff";

export const STACK = LABELS.stack;
export const SHA = LABELS.sha;

export function labelsOf(spec: StackSpec, content: string): Readonly<Record<string, string>> {
  return { ...stackLabels(spec), [EXPIRES_AT]: new Date(spec.expiresAt).toISOString(), [CONTENT]: content };
}

export function isOneOff(labels: Readonly<Record<string, string>>): boolean {
  return labels[ONE_OFF]?.toLowerCase() === "true";
}

/** Null where the labels are not ours or were made by hand. */
export function stackIn(labels: Readonly<Record<string, string>>): FoundStack | null {
  const [name, role, sha] = [labels[LABELS.stack], labels[LABELS.role], labels[LABELS.sha]];
  const repoId = Number(labels[LABELS.repository]);
  const pull = labels[LABELS.pull];
  if (labels[MANAGED_BY] === undefined || name === undefined || sha === undefined || !Number.isSafeInteger(repoId))
    return null;
  if (role !== "shadow" && role !== "base") return null;
  // What nobody can read has no time left.
  const expiresAt = Date.parse(labels[EXPIRES_AT] ?? "") || 0;
  return { name, repoId, pr: pull === undefined ? null : Number(pull), role, sha, expiresAt, removing: false };
}
