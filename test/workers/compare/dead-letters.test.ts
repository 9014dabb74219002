/** Messages that cannot be read or stored: alone, never acknowledged by mistake, and never Safe. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { json, message, pair, type Stand, startStand, until } from "./stand.ts";

let stand: Stand;
const changed = { prod: json({ label: "green apple" }), shadow: json({ label: "red apple" }) };

/** All of them at once: getting to the dead letters takes six deliveries. */
beforeAll(async () => {
  stand = await startStand();
  await stand.db
    .prepare(
      `CREATE TRIGGER refuse BEFORE INSERT ON verdicts WHEN NEW.pair_id = 'poison' AND NEW.verdict <> 'Undecided'
       BEGIN SELECT RAISE(ABORT, 'this row is poison'); END`,
    )
    .run();
  await stand.deploy();
  await stand.rows(`UPDATE shadow_deployments SET compare_settings = '{"templates":["/things/{thingId}"]}'`);
  await Promise.all([
    stand.send([pair("good-1", changed)]),
    stand.send([pair("poison", changed)]),
    stand.send([pair("good-2", changed)]),
    stand.sendBytes(new TextEncoder().encode("this is not gzip")),
    stand.sendBytes(message({ v: 1, pairs: [{ id: "half a pair" }] })),
    stand.sendBytes(new Uint8Array(gzipSync(Buffer.alloc(40 * 1024 * 1024)))),
    stand.sendBytes(message({ v: 2, pairs: "a form nobody knows yet" })),
    stand.sendBytes(message({ v: 1, r2Key: "messages/nowhere.json.gz" })),
  ]);
});
afterAll(() => stand.close());

const endings = () => stand.events().filter((e) => e.event.startsWith("dead-letter-"));

test("good pairs of the same batch are stored at once, in spite of the others", async () => {
  await stand.stored(2);
  expect(await stand.rows("SELECT pair_id, verdict FROM verdicts ORDER BY pair_id")).toEqual([
    { pair_id: "good-1", verdict: "Warning" },
    { pair_id: "good-2", verdict: "Warning" },
  ]);
});

test("a pair the database refuses becomes Undecided and nothing else", async () => {
  await stand.stored(3);
  expect(await stand.rows("SELECT verdict, signatures FROM verdicts WHERE pair_id = 'poison'")).toEqual([
    { verdict: "Undecided", signatures: "[]" },
  ]);
  expect(await stand.rows("SELECT count FROM drifts")).toEqual([{ count: 2 }]);
  // Under the route that the others have, by the repository's templates.
  expect(await stand.rows("SELECT route, pairs FROM routes")).toEqual([{ route: "GET /things/{thingId}", pairs: 3 }]);
});

test("broken messages end in the log with the reason, a bomb before it is inflated", async () => {
  await until(() => endings().filter((e) => e.event === "dead-letter-lost").length === 4);
  const lost = endings().filter((e) => e.event === "dead-letter-lost");
  const reasons = new Set(lost.map((e) => String(e["why"]).split(" ")[0]));
  expect(reasons).toEqual(new Set(["not-found", "not-gzip", "too-large", "wrong-shape"]));
});

test("a message of a newer version is kept and never acknowledged", async () => {
  await until(() => endings().some((e) => e.event === "dead-letter-newer-version"));
  const event = endings().find((e) => e.event === "dead-letter-newer-version");
  const kept = await stand.bodies.get(`dead-letters/${String(event?.["message"])}.json.gz`);
  expect(new Uint8Array((await kept?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(
    message({ v: 2, pairs: "a form nobody knows yet" }),
  );
});
