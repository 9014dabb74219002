import { describe, expect, it } from "vitest";
import type { ZodType } from "zod";
import { OPERATIONS } from "../../core/wire/api/contract.ts";
import { TrendsSchema } from "../../core/wire/api/trends.ts";
import { ProblemSchema } from "../../core/wire/problem.ts";
import { DRIFTS } from "../standins/drift-data.ts";
import { JSON_PAIR, PAIRS } from "../standins/pair-data.ts";
import { answerTo } from "../standins/report-api.ts";
import { CLOSED_ID, LEDGER, MAIN_ID } from "../standins/report-data.ts";

interface Read {
  readonly answers: { readonly 200: { readonly schema: ZodType } };
}

const TRENDS = { answers: { 200: { schema: TrendsSchema } } };

const READS: readonly (readonly [path: string, operation: Read])[] = [
  ["/api/deployments", OPERATIONS.listDeployments],
  [`/api/deployments/${MAIN_ID}`, OPERATIONS.getDeployment],
  [`/api/deployments/${MAIN_ID}/drifts`, OPERATIONS.listDrifts],
  [`/api/deployments/${MAIN_ID}/pairs?verdict=Warning`, OPERATIONS.listPairs],
  [`/api/deployments/${MAIN_ID}/routes`, OPERATIONS.listRoutes],
  [`/api/deployments/${MAIN_ID}/ledger`, OPERATIONS.getLedger],
  [`/api/deployments/${CLOSED_ID}/ledger`, OPERATIONS.getLedger],
  ["/api/trends", TRENDS],
  ["/api/trends/overview", OPERATIONS.getTrendOverview],
  ["/api/trends/overview?pull=128", OPERATIONS.getTrendOverview],
  ["/api/trends/names", OPERATIONS.getTrendNames],
  ["/api/trends?pull=128&runs=1", TRENDS],
  ...PAIRS.map((pair) => [`/api/pairs/${pair.id}`, OPERATIONS.getPair] as const),
];

function answer(path: string) {
  return answerTo(new URL(path, "http://localhost"), "data");
}

describe("the stand-in of the report API", () => {
  it.each(READS)("answers %s as the contract says", (path, operation) => {
    const { status, body } = answer(path);
    expect(status).toBe(200);
    expect(operation.answers[200].schema.safeParse(body).error).toBeUndefined();
  });

  it("refuses with problem documents", () => {
    expect(answer("/api/pairs/unknown").status).toBe(404);
    expect(ProblemSchema.safeParse(answer("/api/pairs/unknown").body).error).toBeUndefined();
  });

  it("has a ledger that adds up and drifts that lead to a pair", () => {
    const sum = (counts: Readonly<Record<string, number>>) =>
      Object.values(counts).reduce((all, each) => all + each, 0);
    const { sampled, compared, shadowFailed, skipped, dropped, lost, inFlight, inFlightAt } = LEDGER;
    const ended = compared + shadowFailed + sum(skipped) + sum(dropped) + sum(lost);
    expect(sampled - ended - inFlight).toBe(LEDGER.unexplained);
    expect(sum(inFlightAt)).toBe(inFlight);
    expect(DRIFTS[0]?.examples).toContain(JSON_PAIR);
  });
});
