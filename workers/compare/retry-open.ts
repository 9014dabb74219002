/** The cron: questions without an answer are asked again with back-off, for at most a day. Pairs need no rewriting. */
import { QuestionSchema } from "../../core/wire/model.ts";
import { askModel } from "./model/ask.ts";
import { askAll, type Waiting } from "./model/ask-all.ts";
import { type Asker, claimDue, type DecisionRow, saveOpen, withdrawOpen } from "./record/decisions.ts";
import { type Env, modelSettings } from "./settings.ts";

/** Questions taken per run; the rest is due at the next. */
const QUESTIONS_PER_RUN = 20;

export async function retryOpen(env: Env): Promise<void> {
  const settings = modelSettings(env);
  if (settings === null) {
    const withdrawn = await withdrawOpen(env.DB);
    if (withdrawn > 0)
      console.log(JSON.stringify({ event: "questions-withdrawn", withdrawn, why: "no model configured" }));
    return;
  }
  const by = { db: env.DB, batchId: crypto.randomUUID(), now: Date.now() };
  const due = await claimDue(by, QUESTIONS_PER_RUN);
  const waiting = due.flatMap((row) => waitingOf(row) ?? []);
  await closeUnreadable(by, due);
  const results = await askAll(waiting, { db: env.DB, ask: askModel(settings), batchId: by.batchId, now: Date.now });
  const answered = results.filter((r) => r.outcome.kind === "answered").length;
  if (due.length > 0) console.log(JSON.stringify({ event: "questions-retried", due: due.length, answered }));
}

function waitingOf(row: DecisionRow): Waiting | null {
  const question = questionIn(row.question);
  if (question === null) return null;
  return { repoId: row.repoId, signature: row.signature, question, attempts: row.attempts };
}

function questionIn(json: string) {
  try {
    return QuestionSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

/** A stored question that no longer has the present form stays open until its difference is seen again. */
async function closeUnreadable(by: Asker, due: readonly DecisionRow[]): Promise<void> {
  for (const row of due.filter((r) => waitingOf(r) === null))
    await saveOpen(by, row, { kind: "unanswered", error: "unreadable-question", attempts: row.attempts + 1 });
}
