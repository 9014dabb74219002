/** The consumer between queue and tables: each pair counted exactly once, bad messages alone, nothing lost in silence. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEPLOYMENT, json, message, pair, type Stand, startStand, until } from "./stand.ts";

let stand: Stand;

beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.close());

test("pairs of one message become rows, verdicts, drifts and route counts", async () => {
  await stand.send([
    pair("same-1"),
    pair("other-1", { shadow: json({ label: "b" }) }),
    pair("other-2", { shadow: json({ label: "c" }) }),
    pair("dead-1", { shadow: { failed: "timeout", latencyMs: 5_000 } }),
  ]);
  await stand.stored(4);
  const verdicts = await stand.rows("SELECT pair_id, verdict, decided_by FROM verdicts ORDER BY pair_id");
  expect(verdicts).toEqual([
    { pair_id: "dead-1", verdict: "Critical", decided_by: "rule" },
    { pair_id: "other-1", verdict: "Warning", decided_by: "rule" },
    { pair_id: "other-2", verdict: "Warning", decided_by: "rule" },
    { pair_id: "same-1", verdict: "Safe", decided_by: "rule" },
  ]);
  const [route] = await stand.rows("SELECT * FROM routes");
  expect(route).toMatchObject({ deployment_id: DEPLOYMENT, pairs: 4, equal: 1, shadow_failed: 1 });
  const drifts = await stand.rows("SELECT severity, count, examples FROM drifts ORDER BY severity");
  expect(drifts).toEqual([
    { severity: "Critical", count: 1, examples: '["dead-1"]' },
    { severity: "Warning", count: 2, examples: '["other-1","other-2"]' },
  ]);
});
