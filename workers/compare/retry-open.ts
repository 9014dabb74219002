/** The cron: questions without an answer are asked again with back-off, for at most a day. Pairs need no rewriting. */
import { z } from "zod";
import { SEVERITIES } from "../../core/verdict/severity.ts";
import { KeptQuestionSchema } from "../../core/wire/model.ts";
import { askAll, type Waiting } from "./model/ask-all.ts";
import { type Model, modelOf } from "./model/model.ts";
import { claimDue, type DecisionRow, saveUnreadable, withdrawOpen } from "./record/decisions.ts";
import { type Env, modelSettings } from "./settings.ts";

/** Questions taken at once, and how often in one run, so that what a batch kept for later is asked soon; the rest is due at the next. */
const QUESTIONS_PER_ROUND = 20;
const ROUNDS_PER_RUN = 5;

export async function retryOpen(env: Env): Promise<void> {
  const model = modelOf(modelSettings(env));
  if (model === null) {
    const withdrawn = await withdrawOpen(env.DB);
    if (withdrawn > 0)
      console.log(JSON.stringify({ event: "questions-withdrawn", withdrawn, why: "no model configured" }));
    return;
  }
  for (let round = 0; round < ROUNDS_PER_RUN; round += 1) {
    const { due, answered } = await askDue(env.DB, model);
    if (due > 0) console.log(JSON.stringify({ event: "questions-retried", due, answered }));
    // A model that answers nothing is left alone until the next run.
    if (due < QUESTIONS_PER_ROUND || answered === 0) return;
  }
}

async function askDue(db: D1Database, model: Model): Promise<{ readonly due: number; readonly answered: number }> {
  const by = { db, batchId: crypto.randomUUID(), now: Date.now() };
  const due = await claimDue(by, QUESTIONS_PER_ROUND);
  const waiting = due.flatMap((row) => waitingOf(row) ?? []);
  for (const row of due) if (waitingOf(row) === null) await saveUnreadable(by, row);
  const results = await askAll(waiting, { db, model, batchId: by.batchId, now: Date.now });
  return { due: due.length, answered: results.filter((r) => r.outcome.kind === "answered").length };
}

/** Null when the stored question no longer has the present form. */
function waitingOf({ repoId, signature, question, attempts, votes }: DecisionRow): Waiting | null {
  const kept = keptIn(question);
  const before = z.array(z.enum(SEVERITIES)).safeParse(votes);
  if (kept === null || !before.success) return null;
  return { repoId, signature, ...kept, attempts, votes: before.data };
}

function keptIn(json: string) {
  try {
    return KeptQuestionSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}
