/** What readers get: counts, lists and pairs with decisions applied. Every answer is checked against the contract. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { DeploymentListSchema, DeploymentSchema } from "../../../core/wire/api/deployments.ts";
import { DriftListSchema } from "../../../core/wire/api/drifts.ts";
import { PairDetailSchema, PairListSchema } from "../../../core/wire/api/pairs.ts";
import { RouteListSchema } from "../../../core/wire/api/routes.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { ambiguous, DEPLOYMENT_ID, proven, seedDecision, seedDeployment, seedDrift, seedPair } from "./seed.ts";

const OTHER_ID = "7-12-ba9876543210";
const exchange = {
  request: { method: "GET", path: "/orders/1", headers: {}, body: null },
  prod: { status: 200, headers: { "content-type": "text/html" }, body: "<script>alert(1)</script>", latencyMs: 10 },
  shadow: { failed: "timeout", latencyMs: 5000 },
};

let report: ReportWorker;

beforeAll(async () => {
  report = await startReportWorker();
  const { env } = report;
  await seedDeployment(env);
  await seedDeployment(env, {
    id: OTHER_ID,
    head_sha: "ba98765432100000",
    created_at: 1,
    state: "closed",
    closed_at: 2,
  });
  await seedDeployment(env, { id: "8-1-ba9876543210", repo_id: 8, pr_number: 1, created_at: 3 });
  await seedPair(env, { id: "p1" });
  await seedPair(env, { id: "p2", verdict: "Warning", entries: [ambiguous("plain")] });
  await seedPair(env, { id: "p3", verdict: "Warning", entries: [ambiguous("lowered")] });
  await seedPair(env, { id: "p4", verdict: "Warning", entries: [ambiguous("raised")], exchange });
  await seedPair(env, { id: "p5", verdict: "Warning", entries: [ambiguous("open")] });
  await seedPair(env, { id: "p6", verdict: "Critical", entries: [ambiguous("open"), proven("broken")] });
  await seedPair(env, { id: "p7", verdict: "Critical", entries: [proven("approved")], route: "GET /cart" });
  await seedPair(env, { id: "p8", verdict: "Undecided", route: "GET /cart" });
  await seedPair(env, { id: "p9", verdict: "Critical", entries: [proven("broken")], shadowFailed: "timeout" });
  for (const name of ["plain", "lowered", "raised"]) await seedDrift(env, ambiguous(name));
  await seedDrift(env, ambiguous("open"), { count: 2 });
  await seedDrift(env, proven("broken"), { count: 2, examples: '["p6","p9"]' });
  await seedDrift(env, proven("approved"), { route: "GET /cart" });
  await seedDrift(env, ambiguous("clock"), {
    count: 0,
    noise_count: 9,
    noise_reason: "a clock",
    noise_by: "volatile",
    sample: null,
    kind: null,
  });
  await seedDecision(env, "lowered", { verdict: "Safe" });
  await seedDecision(env, "raised", { verdict: "Critical" });
  await seedDecision(env, "open", { state: "open", verdict: null, reasoning: null, model_version: null });
  await seedDecision(env, "approved", { decided_by: "person", verdict: "Safe", model_version: null });
  await seedDecision(env, "broken", { verdict: "Safe" });
});

afterAll(() => report.close());

async function read<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const response = await report.fetch(path);
  expect(response.status, path).toBe(200);
  return schema.parse(await response.json());
}

async function pairIds(query: string): Promise<readonly string[]> {
  const { items } = await read(`/api/deployments/${DEPLOYMENT_ID}/pairs?${query}`, PairListSchema);
  return items.map(({ id }) => id);
}

describe("a deployment", () => {
  test("counts its pairs after what models and people said", async () => {
    const { counts, verdict, drifts } = await read(`/api/deployments/${DEPLOYMENT_ID}`, DeploymentSchema);
    expect(counts).toEqual({ pairs: 9, safe: 3, undecided: 2, warning: 1, critical: 3, shadowFailed: 1 });
    expect(verdict).toBe("Critical");
    expect(drifts).toBe(6);
  });

  test("without pairs has no verdict, least of all Safe", async () => {
    const { verdict, lastPairAt } = await read("/api/deployments/8-1-ba9876543210", DeploymentSchema);
    expect({ verdict, lastPairAt }).toEqual({ verdict: null, lastPairAt: null });
  });

  test("never shows the test credentials it sends", async () => {
    const text = await (await report.fetch(`/api/deployments/${DEPLOYMENT_ID}`)).text();
    expect(text).not.toContain("test identity");
    expect(DeploymentSchema.parse(JSON.parse(text)).mirroring.credentials).toEqual(["authorization"]);
  });

  test("is listed newest first, page by page, each once", async () => {
    const first = await read("/api/deployments?limit=2", DeploymentListSchema);
    const second = await read(`/api/deployments?limit=2&cursor=${first.nextCursor}`, DeploymentListSchema);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([
      DEPLOYMENT_ID,
      "8-1-ba9876543210",
      OTHER_ID,
    ]);
    expect(second.nextCursor).toBeNull();
  });

  test("is found by state and by pull request", async () => {
    const closed = await read("/api/deployments?state=closed", DeploymentListSchema);
    expect(closed.items.map(({ id }) => id)).toEqual([OTHER_ID]);
    const pull = await read("/api/pulls/7/12", DeploymentListSchema);
    expect(pull.items.map(({ id }) => id)).toEqual([DEPLOYMENT_ID, OTHER_ID]);
  });
});

describe("drifts", () => {
  test("are ordered by verdict, then count, noise last", async () => {
    const { items } = await read(`/api/deployments/${DEPLOYMENT_ID}/drifts`, DriftListSchema);
    expect(items.map(({ signature, verdict, decidedBy }) => [signature, verdict, decidedBy])).toEqual([
      ["broken", "Critical", "model"],
      ["raised", "Critical", "model"],
      ["plain", "Warning", "rule"],
      ["open", "Undecided", "rule"],
      ["approved", "Safe", "person"],
      ["lowered", "Safe", "model"],
      ["clock", "Safe", "rule"],
    ]);
    expect(items.at(-1)).toMatchObject({ noise: { reason: "a clock" }, count: 9, sample: null });
    expect(items[0]).toMatchObject({ severity: "Critical", routePairs: 7, examples: ["p6", "p9"] });
  });
});

describe("pairs", () => {
  test("are listed newest first", async () => {
    expect(await pairIds("")).toEqual(["p9", "p8", "p7", "p6", "p5", "p4", "p3", "p2", "p1"]);
  });

  test.each([
    ["Safe", ["p7", "p3", "p1"]],
    ["Undecided", ["p8", "p5"]],
    ["Warning", ["p2"]],
    ["Critical", ["p9", "p6", "p4"]],
  ])("are filtered by the verdict that holds now: %s", async (verdict, ids) => {
    expect(await pairIds(`verdict=${verdict}`)).toEqual(ids);
  });

  test("are filtered by signature and route, alone and together", async () => {
    expect(await pairIds("signature=open")).toEqual(["p6", "p5"]);
    expect(await pairIds(`route=${encodeURIComponent("GET /cart")}`)).toEqual(["p8", "p7"]);
    expect(await pairIds(`route=${encodeURIComponent("GET /cart")}&verdict=Safe`)).toEqual(["p7"]);
    expect(await pairIds("signature=open&verdict=Critical")).toEqual(["p6"]);
    expect(await pairIds("signature=unheard-of")).toEqual([]);
  });

  test.each(["", "verdict=Safe&", "signature=broken&", "route=GET%20%2Forders%2F%7Bid%7D&verdict=Critical&"])(
    "come whole and once over pages of one: ?%s",
    async (filter) => {
      const all = await pairIds(filter);
      const seen: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const query: string = `${filter}limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`;
        const page: z.infer<typeof PairListSchema> = await read(
          `/api/deployments/${DEPLOYMENT_ID}/pairs?${query}`,
          PairListSchema,
        );
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(all);
    },
  );

  test("say that a model was asked and has not answered", async () => {
    const { items } = await read(`/api/deployments/${DEPLOYMENT_ID}/pairs?verdict=Undecided`, PairListSchema);
    expect(items.find(({ id }) => id === "p5")?.reasoning).toMatch(/has not answered yet.*What the rules said/);
  });

  test("give the word of whoever decided", async () => {
    const pair = await read("/api/pairs/p4", PairDetailSchema);
    expect(pair).toMatchObject({ decidedBy: "model", modelVersion: "a-model/1", reasoning: "The model's reason." });
  });

  test("come with their findings and both answers as data", async () => {
    const pair = await read("/api/pairs/p4", PairDetailSchema);
    expect(pair.exchange).toEqual(exchange);
    expect(pair.findings[0]).toMatchObject({ signature: "raised", differences: [{ reference: "1", shadow: "2" }] });
  });

  test("whose answers were not kept say so by null", async () => {
    expect((await read("/api/pairs/p1", PairDetailSchema)).exchange).toBeNull();
  });
});

describe("routes", () => {
  test("count their own pairs", async () => {
    const { items } = await read(`/api/deployments/${DEPLOYMENT_ID}/routes`, RouteListSchema);
    expect(items.map(({ route, counts, drifts }) => [route, counts.pairs, counts.critical, drifts])).toEqual([
      ["GET /cart", 2, 0, 1],
      ["GET /orders/{id}", 7, 3, 5],
    ]);
    expect(items[1]?.counts.shadowFailed).toBe(1);
  });
});

describe("a read", () => {
  test("that is repeated costs a 304, until something changed", async () => {
    const path = `/api/deployments/${DEPLOYMENT_ID}/drifts`;
    const etag = (await report.fetch(path)).headers.get("etag") ?? "none";
    expect(etag).toMatch(/^W\/"/);
    const again = await report.fetch(path, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    await report.env.DB.prepare("UPDATE drifts SET reason = 'Another.' WHERE signature = 'plain'").run();
    expect((await report.fetch(path, { headers: { "if-none-match": etag } })).status).toBe(200);
  });
});
