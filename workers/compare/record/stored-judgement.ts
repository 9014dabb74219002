/** A stored pair's judgement with what models and people said since, as `POST /compare` answers a repeated pair id. */
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { z } from "zod";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import type { Judged } from "../../../core/verdict/format.ts";
import { FindingDetailSchema } from "../../../core/wire/api/verdict.ts";
import { verdicts } from "../../../migrations/schema.ts";
import { opened } from "../graph/graph.ts";
import { effectiveJudgement } from "../graph/nodes/format-verdict.ts";
import { saidBy } from "../graph/nodes/recall-verdicts.ts";
import { decisionsOn } from "./decisions.ts";

/** Null when the pair is not stored. */
export async function storedJudgement(
  db: D1Database,
  captured: CapturedPair,
): Promise<Judged | "other-deployment" | null> {
  const [row] = await drizzle(db).select().from(verdicts).where(eq(verdicts.pairId, captured.id));
  if (row === undefined) return null;
  if (row.deploymentId !== captured.deploymentId) return "other-deployment";
  const findings = z.array(FindingDetailSchema).parse(JSON.parse(row.findings));
  const item = opened(captured);
  const { id, route } = { id: captured.id, route: item.case.route };
  const judged = { id, route, decidedBy: row.decidedBy, reasoning: row.reasoning, findings };
  if (row.verdict === "Undecided") return { ...judged, verdict: row.verdict };
  const counting = findings.filter((f) => f.noise === null);
  const said = saidBy(
    await decisionsOn(
      db,
      counting.map((f) => ({ repoId: captured.repoId, signature: f.signature })),
    ),
  );
  return effectiveJudgement({ ...item, case: { ...item.case, findings } }, { ...judged, verdict: row.verdict }, said);
}
