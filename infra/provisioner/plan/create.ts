/**
 * The planner: configuration at both commits -> what of it counts -> registration -> stack of the head -> stack of the base.
 * Reads only. Whatever a repository's files or its operator's settings can cause is an answer, never an error.
 */
import type { ComposeNote } from "../../../core/shadow/compose/note.ts";
import type { ComposeSource, ReadCompose } from "../../../core/shadow/compose/source.ts";
import type { GitHub } from "../github/github.ts";
import { createAwaitImage } from "../images/await.ts";
import type { Registry } from "../images/registry.ts";
import type { OperatorSettings } from "../settings/operator.ts";
import { type Draft, draftOf } from "./draft.ts";
import { createFiles } from "./files.ts";
import type { Planned, Planner, PlanQuestion } from "./plan.ts";
import { bareRegistration, registrationProblem } from "./registration.ts";
import type { Running } from "./stacks.ts";
import { refused, type Stop } from "./step.ts";
import { type PlanParts, stacksOf } from "./workloads.ts";

export interface PlannerParts {
  readonly github: Pick<GitHub, "file" | "mergeBase" | "previewUrl" | "checkConclusion">;
  readonly settings: Pick<
    OperatorSettings,
    "drivers" | "repositories" | "registries" | "limits" | "imageWaitMs" | "previewSuffixes"
  >;
  readonly registry: Registry;
  /** `readCompose` of the core. */
  readonly readCompose: (source: ComposeSource) => ReadCompose;
  /** The JSON Schema of compose files. */
  readonly composeSchema: unknown;
  /** What stacks run already: images that were seen before this process began. Default: nothing. */
  readonly running?: Running;
  /** Previews may be on this machine: the local start alone. */
  readonly local?: boolean;
}

/** Share of the samples for which the base stack is asked twice: it is ours, and costs production nothing. */
const AGAIN_SHARE = 0.25;

export function createPlanner(parts: PlannerParts): Planner {
  const { github, settings, registry, readCompose, composeSchema, running = nothingRuns, local = false } = parts;
  const planning: PlanParts = {
    github,
    settings,
    local,
    compose: { readCompose, schema: composeSchema },
    files: createFiles(github),
    running,
    awaitImage: createAwaitImage({ registry, github, limitMs: settings.imageWaitMs }),
  };
  return (question) => plan(planning, question);
}

async function nothingRuns(): ReturnType<Running> {
  return {};
}

async function plan(parts: PlanParts, question: PlanQuestion): Promise<Planned> {
  const draft = await draftOf(parts, question);
  if (draft.stop !== null) return stopped(draft, draft.stop);
  const problem = registrationProblem(draft.registration);
  if (problem !== null)
    return stopped(
      { ...draft, registration: bareRegistration(question.pull) },
      refused("registration", `The configuration asks for something the report does not take. ${problem}`),
    );
  const made = await stacksOf(parts, question, draft);
  if (!made.ok) return stopped(draft, made);
  const { shadow, base, notes } = made.value;
  return {
    ok: true,
    plan: {
      driver: draft.driver,
      shadow,
      base,
      // Without a base, second answers of production tell what is noise.
      registration: { ...draft.registration, controlShare: base === null ? draft.refetchShare : 0 },
      againShare: base === null ? 0 : AGAIN_SHARE,
      refetchShare: draft.refetchShare,
      notes: merged(draft.notes, notes),
    },
  };
}

function stopped({ registration, driver, notes }: Draft, { kind, code, words, notes: own }: Stop): Planned {
  return { ok: false, kind, code, words, notes: merged(notes, own), registration, driver };
}

/** What both stacks' files say is said once. */
function merged(...lists: readonly (readonly ComposeNote[])[]): readonly ComposeNote[] {
  const notes = lists.flat();
  const keys = notes.map((note) => JSON.stringify(note));
  return notes.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}
