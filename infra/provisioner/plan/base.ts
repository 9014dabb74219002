/**
 * The stack that a pull request's shadow is held against: the merge base's, with that commit's own configuration. It is shared while
 * only safe methods are mirrored. Where it cannot be made, production is the reference and the report says why.
 */
import type { ProjectConfig } from "../../../core/config/schema.ts";
import type { ComposeNote } from "../../../core/shadow/compose/note.ts";
import type { StackIdentity } from "../../../core/shadow/stack/identity.ts";
import type { CommitAt } from "../github/github.ts";
import { configAt } from "./config.ts";
import { isLetOut } from "./draft.ts";
import { composeStack, type StackMade, type StackParts, type StackQuestion, sharedExpiry } from "./stacks.ts";
import { found, type Step } from "./step.ts";

/** RFC 9110, section 9.2.1. */
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/** An older commit's image is there or will never be; a merge of a minute ago may still be built. */
const BASE_WAIT_MS = 3 * 60_000;

export interface BaseQuestion {
  /** The pull request's own stack. */
  readonly shadow: StackQuestion;
  /** What counts for this pull request. */
  readonly config: ProjectConfig;
  readonly mergeBase: CommitAt;
  /** The base branch's newest commit. */
  readonly tip: CommitAt;
  readonly now: number;
  /** The base branch may not say for itself what its stack is given and where it reaches. */
  readonly judged: boolean;
}

export interface BaseMade {
  /** Null: there can be none. */
  readonly base: StackMade | null;
  readonly notes: readonly ComposeNote[];
}

/** Stops only to wait. */
export async function baseStack(parts: StackParts, question: BaseQuestion): Promise<Step<BaseMade>> {
  const { shadow, mergeBase, tip } = question;
  const own = await configAt(parts.files(mergeBase));
  // From before the file's first commit: never the head's, because others may share this stack.
  const { path, parsed } = own.parsed?.ok === true ? own : await configAt(parts.files(tip));
  if (parsed?.ok !== true) return found({ base: null, notes: [noBase(path, "Its configuration cannot be read.")] });
  const config = { ...parsed.value, stack: stackKeys(question, parsed.value) };
  const made = await composeStack(parts, { ...shadow, config, commit: mergeBase, ...whoseOf(question, config) });
  if (made.ok) return found({ base: made.value, notes: [] });
  if (made.kind === "waiting" && shadow.waitedMs < BASE_WAIT_MS) return made;
  return found({ base: null, notes: [noBase(path, made.words)] });
}

/** Its own word was the base branch's once; what the operator lets out may be less today. */
function stackKeys({ config, judged, shadow }: BaseQuestion, { stack }: ProjectConfig): ProjectConfig["stack"] {
  const { env, egress } = judged ? config.stack : stack;
  return { ...stack, env, egress: egress.filter((address) => isLetOut(address, shadow.allowed)) };
}

function whoseOf(
  { shadow, config, mergeBase, now }: BaseQuestion,
  own: Pick<ProjectConfig, "ttl">,
): Pick<StackQuestion, "identity" | "expiresAt" | "attempt"> {
  const { repoId, pr } = shadow.identity;
  const identity = (of: number | null): StackIdentity => ({ repoId, pr: of, role: "base", sha: mergeBase.sha });
  return mirrorsWrites(config)
    ? { identity: identity(pr), expiresAt: shadow.expiresAt, attempt: shadow.attempt }
    : { identity: identity(null), expiresAt: sharedExpiry(now, own.ttl), attempt: "" };
}

/** Whether a request may change what a stack holds: then two pull requests would find each other's changes in it. */
export function mirrorsWrites({ sampling, routes }: Pick<ProjectConfig, "sampling" | "routes">): boolean {
  const isSafe = (method: string) => SAFE_METHODS.has(method.toUpperCase());
  const opted = routes.filter(({ mirror }) => mirror === true).map(({ match }) => match.slice(0, match.indexOf(" ")));
  return [...sampling.methods, ...opted].some((method) => !isSafe(method));
}

function noBase(file: string, words: string): ComposeNote {
  const message = `The stack of the base commit cannot be made, so production is the reference. ${words} To make this the rule, set control: refetch.`;
  return { file, line: 1, column: 1, key: "control", effect: "adjusted", code: "no-base", message };
}
