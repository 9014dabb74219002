/** What each situation means to people, and when it is looked at again. Two tables over the situations of the decision table. */
import type { Situation } from "../../../core/shadow/pull/steps.ts";
import { whyWithoutBase } from "./base.ts";
import { FAILED_LOOK_MS, growing, IMAGE_WAIT, PLACE_LOOK_MS, READY_LOOK_MS, STARTING } from "./pace.ts";
import type { Pass } from "./pass.ts";
import { WORDS } from "./words.ts";

const WORDS_OF: Readonly<Record<Situation, (pass: Pass) => string>> = {
  "waits-for-approval": unwantedWords,
  unwanted: unwantedWords,
  expired: () => WORDS.expired,
  refused: plannedWords,
  "waits-for-image": (pass) => WORDS.waitsFor(plannedWords(pass)),
  "waits-for-place": ({ loop }) => WORDS.noPlace(loop.settings.maxStacks),
  unused: () => WORDS.unused,
  unasked: () => WORDS.starting,
  progressing: ({ together }) => WORDS.isStarting(together?.words ?? ""),
  failed: ({ together }) => together?.words ?? "",
  ready: runningWords,
};

export function wordsOf(pass: Pass, situation: Situation): string {
  return WORDS_OF[situation](pass);
}

function unwantedWords({ memory: { view } }: Pass): string {
  return view !== null && view.desired.kind !== "run" ? view.desired.words : "";
}

function runningWords({ loop, memory, together }: Pass): string {
  const planned = memory.view?.planned;
  const why = planned?.ok === true ? whyWithoutBase(loop, memory, planned.plan) : null;
  const running = WORDS.running(together?.shadow.services.length ?? 0);
  return why === null ? running : `${running} ${why}`;
}

function plannedWords({ memory: { view } }: Pass): string {
  return view?.planned?.ok === false ? view.planned.words : "";
}

/** Null: when somebody says that something changed, and with every full pass. */
const NEXT_LOOK: Readonly<Record<Situation, ((looks: number) => number) | null>> = {
  "waits-for-approval": null,
  unwanted: null,
  expired: null,
  refused: null,
  "waits-for-image": (looks) => growing(IMAGE_WAIT, looks),
  "waits-for-place": () => PLACE_LOOK_MS,
  unused: null,
  unasked: null,
  progressing: (looks) => growing(STARTING, looks),
  failed: () => FAILED_LOOK_MS,
  ready: () => READY_LOOK_MS,
};

/** Milliseconds; `looks`: how often it was found like this before. */
export function nextLook(situation: Situation, looks: number): number | null {
  return NEXT_LOOK[situation]?.(looks) ?? null;
}
