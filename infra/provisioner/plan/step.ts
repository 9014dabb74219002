/** How a step of planning ends: with what it was to find, or with why it goes no further, in words for the pull request. */
import type { ComposeNote } from "../../../core/shadow/compose/note.ts";

export interface Stop {
  readonly ok: false;
  readonly kind: "waiting" | "refused";
  /** Stable, kebab-case. */
  readonly code: string;
  /** What happened, why, and what to do. */
  readonly words: string;
  readonly notes: readonly ComposeNote[];
}

export type Step<T> = { readonly ok: true; readonly value: T } | Stop;

export function found<T>(value: T): Step<T> {
  return { ok: true, value };
}

/** Somebody has to change something. */
export function refused(code: string, words: string, notes: readonly ComposeNote[] = []): Stop {
  return { ok: false, kind: "refused", code, words, notes };
}

/** It comes by itself. */
export function waiting(code: string, words: string): Stop {
  return { ok: false, kind: "waiting", code, words, notes: [] };
}
