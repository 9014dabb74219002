/** The configured model with its limits, as the graph and the cron hand it around. */
import type { CallBudget } from "../record/model-usage.ts";
import type { ModelSettings } from "../settings.ts";
import { type Ask, askModel } from "./ask.ts";

/** Several calls one after the other fit in, where an answer needs others that agree. */
const ROUND_TIMEOUTS = 2;

export interface Model {
  readonly ask: Ask;
  readonly budget: CallBudget;
  /** For all questions of a batch together. What is not answered by then is asked again later. Milliseconds. */
  readonly roundMs: number;
}

/** Null without settings: nobody is asked. */
export function modelOf(settings: ModelSettings | null): Model | null {
  if (settings === null) return null;
  return { ask: askModel(settings), budget: settings.budget, roundMs: ROUND_TIMEOUTS * settings.timeoutMs };
}
