/** The stacks of a plan, by driver. */
import type { ComposeNote } from "../../../core/shadow/compose/note.ts";
import type { StackSpec, Workload } from "../../../core/shadow/stack/spec.ts";
import type { CommitAt, GitHub } from "../github/github.ts";
import type { OperatorSettings } from "../settings/operator.ts";
import { baseStack } from "./base.ts";
import { type Draft, headOf } from "./draft.ts";
import type { PlanQuestion } from "./plan.ts";
import { previewWorkload, processWorkload } from "./preview.ts";
import { composeStack, type StackParts, type StackQuestion, specOf, ttlMs } from "./stacks.ts";
import { found, type Step } from "./step.ts";

export interface PlanParts extends StackParts {
  readonly github: Pick<GitHub, "mergeBase" | "previewUrl">;
  readonly settings: Pick<
    OperatorSettings,
    "drivers" | "repositories" | "registries" | "limits" | "imageWaitMs" | "previewSuffixes"
  >;
  readonly local: boolean;
}

export interface Stacks {
  readonly shadow: StackSpec;
  readonly base: StackSpec | null;
  readonly notes: readonly ComposeNote[];
}

export async function stacksOf(parts: PlanParts, question: PlanQuestion, draft: Draft): Promise<Step<Stacks>> {
  const shadow = shadowQuestion(question, draft);
  if (draft.driver === "url") {
    const preview = await previewWorkload(parts, { ...shadow.commit, fullName: shadow.repository }, draft.allowed);
    return preview.ok ? alone(parts, shadow, preview.value) : preview;
  }
  if (draft.driver === "process") return processStacks(parts, question, draft);
  return composeStacks(parts, question, draft);
}

function alone(parts: PlanParts, shadow: StackQuestion, workload: Workload): Step<Stacks> {
  return found({ shadow: specOf(parts, shadow, workload), base: null, notes: [] });
}

/** The base is one more run of the same command, so it is made only where the file asks for it. */
async function processStacks(parts: PlanParts, question: PlanQuestion, draft: Draft): Promise<Step<Stacks>> {
  const shadow = shadowQuestion(question, draft);
  const workload = processWorkload(draft.allowed);
  if (!workload.ok) return workload;
  const { config, sources } = draft.trusted;
  if (config.control !== "base" || sources["control"]?.from === "default") return alone(parts, shadow, workload.value);
  const { sha } = await mergeBaseOf(parts, question);
  const identity = { ...shadow.identity, role: "base", sha } as const;
  return found({
    shadow: specOf(parts, shadow, workload.value),
    base: specOf(parts, { ...shadow, identity }, workload.value),
    notes: [],
  });
}

async function composeStacks(parts: PlanParts, question: PlanQuestion, draft: Draft): Promise<Step<Stacks>> {
  const shadow = shadowQuestion(question, draft);
  const made = await composeStack(parts, shadow);
  if (!made.ok) return made;
  const { config } = draft.trusted;
  if (config.control !== "base") return found({ shadow: made.value.spec, base: null, notes: made.value.notes });
  const mergeBase = await mergeBaseOf(parts, question);
  const tip = { fullName: shadow.repository, sha: question.pull.base.sha };
  const judged = question.pull.judgedBy !== undefined;
  const base = await baseStack(parts, { shadow, config, mergeBase, tip, now: question.now, judged });
  if (!base.ok) return { ...base, notes: [...made.value.notes, ...base.notes] };
  return found({
    shadow: made.value.spec,
    base: base.value.base?.spec ?? null,
    notes: [...made.value.notes, ...base.value.notes],
  });
}

function shadowQuestion(
  { pull, since, now, attempt }: PlanQuestion,
  { driver, trusted, allowed }: Draft,
): StackQuestion {
  return {
    driver,
    identity: { repoId: pull.repository.id, pr: pull.number, role: "shadow", sha: pull.head.sha },
    commit: headOf(pull),
    config: trusted.config,
    allowed,
    repository: pull.repository.fullName,
    expiresAt: since + ttlMs(trusted.config.ttl),
    attempt,
    waitedMs: Math.max(0, now - since),
  };
}

async function mergeBaseOf({ github }: PlanParts, { pull }: PlanQuestion): Promise<CommitAt> {
  const sha = await github.mergeBase(pull.repository, pull.base.sha, headOf(pull));
  return { fullName: pull.repository.fullName, sha };
}
