/** Decisions of models and people on the signatures of deployments, in the form the reading side applies. */
import { and, eq, sql } from "drizzle-orm";
import { type Decisions, NO_DECISIONS } from "../../../core/report/standing.ts";
import type { Decision } from "../../../core/verdict/decision.ts";
import { questionNote } from "../../../core/verdict/question-note.ts";
import { decisions, drifts, latencyChecks, shadowDeployments } from "../../../migrations/schema.ts";
import { type Database, isOneOf } from "./database.ts";

/** A signature is decided once per repository, so one look-up serves all its deployments. */
export type DecisionsByRepository = ReadonlyMap<number, Decisions>;

/** All decisions on signatures that the given deployments show, those of routes that became slower included, in one query. */
export async function readDecisions(db: Database, deploymentIds: readonly string[]): Promise<DecisionsByRepository> {
  const { repoId, signature, state, verdict, decidedBy, modelVersion, reasoning, lastError } = decisions;
  const shown = sql`(SELECT deployment_id, signature FROM ${drifts} WHERE ${isOneOf(drifts.deploymentId, deploymentIds)}
    UNION ALL SELECT deployment_id, signature FROM ${latencyChecks}
    WHERE ${isOneOf(latencyChecks.deploymentId, deploymentIds)} AND signature IS NOT NULL)`;
  const rows = await db
    .selectDistinct({ repoId, signature, state, verdict, decidedBy, modelVersion, reasoning, lastError })
    .from(sql`${shown} AS shown`)
    .innerJoin(shadowDeployments, sql`${shadowDeployments.id} = shown.deployment_id`)
    .innerJoin(decisions, and(eq(repoId, shadowDeployments.repoId), sql`${signature} = shown.signature`));
  const byRepository = Map.groupBy(rows, (row) => row.repoId);
  return new Map(Array.from(byRepository, ([id, own]) => [id, decisionsOf(own)]));
}

type DecisionRow = Pick<
  typeof decisions.$inferSelect,
  "signature" | "state" | "verdict" | "decidedBy" | "modelVersion" | "reasoning" | "lastError"
>;

function decisionsOf(rows: readonly DecisionRow[]): Decisions {
  const decided = new Map<string, Decision>();
  const open = new Set<string>();
  const unavailable = new Set<string>();
  const notes = new Map<string, string>();
  for (const { signature, state, verdict, decidedBy, modelVersion, reasoning, lastError } of rows) {
    if (state === "decided" && verdict !== null)
      decided.set(signature, { verdict, decidedBy, modelVersion, reasoning: reasoning ?? "" });
    else (state === "unavailable" ? unavailable : open).add(signature);
    const note = questionNote(state, lastError);
    if (note !== null) notes.set(signature, note);
  }
  return { ...NO_DECISIONS, decided, open, unavailable, notes };
}
