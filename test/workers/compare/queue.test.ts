/** The consumer between queue and tables: each pair counted exactly once, whatever is delivered twice or at the same time. */
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { latencyBucket } from "../../../core/report/latency.ts";
import { DEPLOYMENT, json, message, pair, type Stand, startStand, until } from "./stand.ts";

let stand: Stand;
const changed = { prod: json({ label: "green apple" }), shadow: json({ label: "red apple" }) };

beforeAll(async () => {
  stand = await startStand({ vars: { SHADOW_INFRA_SAFE_BODY_SHARE: "0" } });
});
beforeEach(() => stand.clear());
afterAll(() => stand.close());

test("pairs of one message become rows, verdicts, drifts and route counts", async () => {
  await stand.send([
    pair("same-1"),
    pair("other-1", changed),
    pair("other-2", changed),
    pair("dead-1", { shadow: { failed: "timeout", latencyMs: 5_000 } }),
  ]);
  await stand.stored(4);
  expect(await stand.rows("SELECT pair_id, verdict, decided_by FROM verdicts ORDER BY pair_id")).toEqual([
    { pair_id: "dead-1", verdict: "Critical", decided_by: "rule" },
    { pair_id: "other-1", verdict: "Warning", decided_by: "rule" },
    { pair_id: "other-2", verdict: "Warning", decided_by: "rule" },
    { pair_id: "same-1", verdict: "Safe", decided_by: "rule" },
  ]);
  const [route] = await stand.rows("SELECT * FROM routes");
  expect(route).toMatchObject({ deployment_id: DEPLOYMENT, pairs: 4, equal: 1, shadow_failed: 1 });
  expect(await stand.rows("SELECT severity, count, examples FROM drifts ORDER BY severity")).toEqual([
    { severity: "Critical", count: 1, examples: '["dead-1"]' },
    { severity: "Warning", count: 2, examples: '["other-1","other-2"]' },
  ]);
});

test("without a model the rules' verdict stands and says so", async () => {
  await stand.send([pair("other-1", changed)]);
  await stand.stored(1);
  const [verdict] = await stand.rows<{ reasoning: string }>("SELECT reasoning FROM verdicts");
  expect(verdict?.reasoning).toContain("No model is configured");
  expect(await stand.rows("SELECT * FROM decisions")).toEqual([]);
});

test("questions left open by a model that is configured no more are withdrawn; what people said stays", async () => {
  const row = (signature: string, state: string, by: string) =>
    stand.rows(
      `INSERT INTO decisions (repo_id, signature, state, decided_by, question, claimed_by, attempts, created_at, updated_at)
       VALUES (7, ?, ?, ?, '{}', 'b', 1, 1, 1)`,
      signature,
      state,
      by,
    );
  await row("open-1", "open", "model");
  await row("said-1", "decided", "model");
  await row("said-2", "decided", "person");
  await stand.worker.scheduled({ cron: "*/5 * * * *" });
  const left = await stand.rows("SELECT signature FROM decisions ORDER BY signature");
  expect(left).toEqual([{ signature: "said-1" }, { signature: "said-2" }]);
});

/** Those of the pairs whose answers are in the bucket, which are those whose rows name them; sorted. */
async function keptOf(ids: readonly string[]): Promise<readonly string[]> {
  const sql = "SELECT id FROM response_pairs WHERE body_key IS NOT NULL ORDER BY id";
  const rows = await stand.rows<{ id: string }>(sql);
  const { objects } = await stand.bodies.list({ prefix: `pairs/${DEPLOYMENT}/` });
  const stored = objects.map(({ key }) => key.split("/").at(-1)?.replace(".json.gz", "") ?? "");
  expect(stored.filter((id) => ids.includes(id))).toEqual(rows.map(({ id }) => id).filter((id) => ids.includes(id)));
  return rows.map(({ id }) => id);
}

test("overlapping messages at the same time count every pair once, and examples stop at twenty", async () => {
  const ids = Array.from({ length: 60 }, (_, n) => `p-${String(n).padStart(2, "0")}`);
  const sends = ids.flatMap((id, n) => [
    stand.send([pair(id, changed), pair(ids[(n + 1) % ids.length] ?? id, changed)]),
    stand.send([pair(id, changed), pair(id, changed)]),
  ]);
  await Promise.all(sends);
  await stand.stored(60);
  await stand.settled();
  const [drift] = await stand.rows<{ count: number; examples: string }>("SELECT count, examples FROM drifts");
  expect(drift?.count).toBe(60);
  const examples: unknown = JSON.parse(drift?.examples ?? "[]");
  expect(new Set(Array.isArray(examples) ? examples : []).size).toBe(20);
  expect(await stand.rows("SELECT pairs FROM routes")).toEqual([{ pairs: 60 }]);
  expect(await keptOf(ids)).toEqual(examples);
});

test("what second answers teach, and how often a route was slow, adds up over batches", async () => {
  const slow = { shadow: json({ label: "a" }, { latencyMs: 900 }) };
  const moving = (n: number) => ({
    prod: json({ label: "a", views: n }),
    control: json({ label: "a", views: n + 3 }),
    shadow: json({ label: "a", views: n + 5 }),
  });
  await stand.send([pair("a-1", slow), pair("a-2", moving(1))]);
  await stand.stored(2);
  await stand.send([pair("a-3", slow), pair("a-4", moving(11)), pair("a-1", slow)]);
  await stand.stored(4);
  const [route] = await stand.rows<{ slow: number; learned_noise: string }>("SELECT slow, learned_noise FROM routes");
  expect(route?.slow).toBe(2);
  const learned: unknown = JSON.parse(route?.learned_noise ?? "null");
  expect(Object.values(learned ?? {})).toEqual([2]);
  const [{ latencies } = { latencies: "" }] = await stand.rows<{ latencies: string }>("SELECT latencies FROM routes");
  const at = (side: string, ms: number) => `${side}:${latencyBucket(ms)}`;
  const counted = { [at("prod", 10)]: 4, [at("shadow", 10)]: 2, [at("shadow", 900)]: 2, [at("control", 10)]: 2 };
  expect(JSON.parse(latencies)).toEqual(counted);
});

test("noise keeps its reason and the reason's word together", async () => {
  const moved = (n: number) => ({
    prod: json({ views: n }),
    control: json({ views: n + 3 }),
    shadow: json({ views: n + 5 }),
  });
  await stand.send([pair("n-1", moved(1)), pair("n-2", moved(20))]);
  await stand.stored(2);
  const rows = await stand.rows("SELECT count, noise_count, noise_reason, noise_by FROM drifts");
  const noise_reason = "two answers of the same code differ here too";
  expect(rows).toEqual([{ count: 0, noise_count: 2, noise_reason, noise_by: "second-answer" }]);
});

test("an example's answers are kept in the bucket under the deployment, second answers too", async () => {
  const again = { base: json({ label: "of the base" }), baseAgain: json({ label: "of the base" }, { latencyMs: 11 }) };
  await stand.send([pair("kept-1", { ...changed, ...again }), pair("same-1")]);
  await stand.stored(2);
  const rows = await stand.rows<{ id: string; body_key: string | null }>(
    "SELECT id, body_key FROM response_pairs ORDER BY id",
  );
  expect(rows).toEqual([
    { id: "kept-1", body_key: `pairs/${DEPLOYMENT}/kept-1.json.gz` },
    { id: "same-1", body_key: null },
  ]);
  const object = await stand.bodies.get(rows[0]?.body_key ?? "");
  const text = gunzipSync(Buffer.from((await object?.arrayBuffer()) ?? new ArrayBuffer())).toString("utf8");
  const exchange: unknown = JSON.parse(text);
  expect(exchange).toMatchObject({ prod: { body: '{"label":"green apple"}' }, request: { method: "GET" }, ...again });
});

test.each([["as they come"], ["the other way round"]])(
  "examples are the smallest of each kind of request: %s",
  async (order) => {
    const sized = (id: string, query: string, size: number) => {
      const side = (label: string) => json({ label, more: "x".repeat(size) });
      const request = { method: "GET", path: `/things/1?${query}`, headers: {}, body: null };
      return pair(id, { request, prod: side("green apple"), shadow: side("red apple") });
    };
    const large = Array.from({ length: 24 }, (_, n) => sized(`large-${n + 10}`, "currency=USD", 500 + n));
    const small = ["a", "b"].map((id) => sized(`small-${id}`, "currency=USD", 1));
    const batches = [large.slice(0, 12), large.slice(12), [...small, sized("euro", "currency=EUR", 2_000)]];
    for (const batch of order === "as they come" ? batches : batches.toReversed()) await stand.deliver(batch);
    const [drift] = await stand.rows<{ count: number; examples: string }>("SELECT count, examples FROM drifts");
    const examples: unknown = JSON.parse(drift?.examples ?? "[]");
    const expected = ["small-a", "euro", "small-b", ...large.slice(0, 17).map(({ id }) => id)];
    expect([drift?.count, examples]).toEqual([27, expected]);
    const sql =
      "SELECT count(*) AS n FROM response_pairs WHERE body_key IS NULL AND id IN (SELECT value FROM json_each(?))";
    expect(await stand.rows(sql, drift?.examples)).toEqual([{ n: 0 }]);
    expect(await keptOf(batches.flat().map(({ id }) => id))).toEqual(expected.toSorted());
  },
);

test("pairs too large for the queue are read from the bucket", async () => {
  const key = `messages/${DEPLOYMENT}/big-1.json.gz`;
  await stand.bodies.put(key, message({ v: 1, pairs: [pair("big-1", changed)] }));
  await stand.sendBytes(message({ v: 1, r2Key: key }));
  await stand.stored(1);
  expect(await stand.rows("SELECT pair_id, verdict FROM verdicts")).toEqual([{ pair_id: "big-1", verdict: "Warning" }]);
});

test("a pair that no stage may be able to digest is stored all the same, is not Safe, and holds up no other", async () => {
  const deep = (end: string) => json(null, { body: `${"[".repeat(100_000)}${end}${"]".repeat(100_000)}` });
  await stand.send([pair("deep-1", { prod: deep("1"), shadow: deep("2") }), pair("same-1")]);
  await stand.stored(2);
  const verdicts = await stand.rows<{ verdict: string }>("SELECT verdict FROM verdicts ORDER BY pair_id");
  expect(verdicts[0]?.verdict).not.toBe("Safe");
  expect(verdicts[1]?.verdict).toBe("Safe");
});

test("while the database is in trouble nothing is acknowledged; it is all counted afterwards", async () => {
  await stand.rows("ALTER TABLE routes RENAME TO routes_away");
  await stand.send([pair("late-1", changed)]);
  await until(() => stand.events().some((e) => e.event === "batch-failed"));
  await stand.rows("ALTER TABLE routes_away RENAME TO routes");
  await stand.stored(1);
  expect(await stand.rows("SELECT pairs FROM routes")).toEqual([{ pairs: 1 }]);
});

test("each batch leaves one line of figures in the log", async () => {
  await stand.send([pair("same-1"), pair("other-1", changed)]);
  await stand.stored(2);
  await stand.settled();
  expect(stand.events().filter((e) => e.event === "batch")).toEqual([
    expect.objectContaining({ pairs: 2, fresh: 2, counts: { Safe: 1, Undecided: 0, Warning: 1, Critical: 0 } }),
  ]);
});
