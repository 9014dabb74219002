/** Pairs that the tee settled, sides that were never reached, and messages that come after the tee gave them up. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { DEPLOYMENT, json, message, pair, type Stand, startStand, until } from "./stand.ts";

let stand: Stand;

beforeAll(async () => {
  stand = await startStand({ vars: { SHADOW_INFRA_SAFE_BODY_SHARE: "1" } });
});
beforeEach(() => stand.clear());
afterAll(() => stand.close());

/** As the tee sends it: no bodies, their size known. */
const bodiless = (latencyMs = 10) => json(null, { body: "", bodyBytes: 4_321, latencyMs });
const settled = (id: string, more: Partial<CapturedPair> = {}): CapturedPair =>
  pair(id, { settled: "equal", prod: bodiless(), shadow: bodiless(), ...more });

test("a pair that the tee found equal is a Safe row with its sizes and without an example, also where examples are kept", async () => {
  await stand.send([settled("same-1"), settled("same-2", { control: bodiless() }), pair("seen-1")]);
  await stand.stored(3);
  const rows = await stand.rows("SELECT id, equal, prod_bytes, shadow_bytes, body_key FROM response_pairs ORDER BY id");
  expect(rows).toEqual([
    { id: "same-1", equal: 1, prod_bytes: 4_321, shadow_bytes: 4_321, body_key: null },
    { id: "same-2", equal: 1, prod_bytes: 4_321, shadow_bytes: 4_321, body_key: null },
    { id: "seen-1", equal: 1, prod_bytes: 13, shadow_bytes: 13, body_key: `pairs/${DEPLOYMENT}/seen-1.json.gz` },
  ]);
  expect(await stand.rows("SELECT DISTINCT verdict, findings FROM verdicts")).toEqual([
    { verdict: "Safe", findings: "[]" },
  ]);
  expect(await stand.rows("SELECT pairs, equal, second_answers, learned_noise FROM routes")).toEqual([
    { pairs: 3, equal: 3, second_answers: 1, learned_noise: "{}" },
  ]);
});

test("of a pair whose bodies stayed at the tee only the latency is judged, from the third slow one on", async () => {
  const slow = Array.from({ length: 5 }, (_, n) => settled(`slow-${n}`, { shadow: bodiless(2_000) }));
  const carriesItsControl = settled("other-1", { control: json({ label: "b" }) });
  await stand.send([...slow, carriesItsControl]);
  await stand.stored(6);
  expect(await stand.rows("SELECT verdict, count(*) AS n FROM verdicts GROUP BY verdict")).toEqual([
    { verdict: "Critical", n: 3 },
    { verdict: "Safe", n: 3 },
  ]);
  expect(await stand.rows("SELECT rule, count FROM drifts")).toEqual([{ rule: "latency-very-slow", count: 3 }]);
  expect(await stand.rows("SELECT slow, second_answers, learned_noise FROM routes")).toEqual([
    { slow: 5, second_answers: 1, learned_noise: "{}" },
  ]);
});

test("a shadow that was never reached is Critical in its own words and counts as a failure", async () => {
  await stand.send([pair("far-1", { shadow: { failed: "unreached", latencyMs: 7 } })]);
  await stand.stored(1);
  const [row] = await stand.rows<{ verdict: string; reasoning: string }>("SELECT verdict, reasoning FROM verdicts");
  expect(row).toMatchObject({ verdict: "Critical", reasoning: expect.stringContaining("The shadow was not reached") });
  expect(await stand.rows("SELECT shadow_failed FROM routes")).toEqual([{ shadow_failed: 1 }]);
});

test("a message that the queue took after the tee gave it up is not recorded: its request is counted as dropped", async () => {
  const now = Date.now();
  const key = `messages/${DEPLOYMENT}/late-2.json.gz`;
  await stand.bodies.put(key, message({ v: 1, pairs: [pair("late-2")] }));
  await stand.sendBytes(message({ v: 1, sendBy: now - 1_000, pairs: [pair("late-1")] }));
  await stand.sendBytes(message({ v: 1, sendBy: now - 1_000, r2Key: key }));
  await stand.sendBytes(message({ v: 1, sendBy: now + 60_000, pairs: [pair("in-time")] }));
  await stand.stored(1);
  await stand.settled();
  expect(await stand.rows("SELECT id FROM response_pairs")).toEqual([{ id: "in-time" }]);
  expect(stand.events().filter((e) => e.event === "message-late")).toHaveLength(2);
});

test("the outbox keeps a message until its pair is stored, sends the same pair once, and refuses what is too late", async () => {
  const parcel = (id: string) => ({ id, bytes: message({ v: 1, pairs: [pair(id)] }), sendBy: Date.now() + 5_000 });
  await stand.rows("ALTER TABLE routes RENAME TO routes_away");
  await stand.outbox.put(parcel("kept-1"));
  await stand.outbox.put(parcel("kept-1"));
  await stand.outbox.put(parcel("kept-2"));
  await until(() => stand.events().some((e) => e.event === "batch-failed"));
  expect(await stand.outbox.status()).toEqual({ waiting: 2, givenUp: 0 });
  await stand.rows("ALTER TABLE routes_away RENAME TO routes");
  await stand.stored(2);
  await until(async () => (await stand.outbox.status()).waiting === 0);
  expect(await stand.rows("SELECT pairs FROM routes")).toEqual([{ pairs: 2 }]);
  // The harness passes the refusal on, not its words.
  await expect(stand.outbox.put({ ...parcel("late-3"), sendBy: Date.now() - 1 })).rejects.toThrow(Error);
  expect(await stand.outbox.status()).toEqual({ waiting: 0, givenUp: 0 });
});
