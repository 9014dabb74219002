/** Statistics of shadow mode that are kept: which of them hold, how far behind others may be, and what the clock does beforehand. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ShadowStatsSchema } from "../../../../core/wire/api/shadow.ts";
import { type ReportWorker, startReportWorker } from "../report-worker.ts";
import { ambiguous, NOON, REPO_ID, seedDecision, seedDeployment } from "../seed.ts";

/** The first migration after the version whose database is taken over. */
const NEWER = "0010";
const HOURLY = "17 * * * *";
/** More than one read works out again. */
const DEPLOYMENTS = Array.from({ length: 13 }, (_, n) => `7-${n + 1}-${String(n).padStart(12, "0")}`);
const [FIRST = ""] = DEPLOYMENTS;

let report: ReportWorker;
/** What was answered after a filled database of the version before got the newest migrations. */
let upgraded: { readonly stats: unknown; readonly deployment: unknown };

beforeAll(async () => {
  report = await startReportWorker({ migrated: false });
  const files = readdirSync("migrations")
    .filter((name) => name.endsWith(".sql"))
    .toSorted();
  for (const file of files.filter((name) => name < NEWER)) await migrate(file);
  for (const id of DEPLOYMENTS) await seedDeployment(report.env, { id });
  for (let pair = 0; pair < 5; pair += 1) await addPair(FIRST);
  // As the version before kept it, two pairs ago.
  await sql(`INSERT INTO shadow_stats VALUES (?, 3, '{"300":3}', '[["GET /a",3,60,30]]')`, FIRST);
  await sql("INSERT INTO answers VALUES (?, 'figures', '0.1.0/1.5.0', '{}')", FIRST);
  for (const file of files.filter((name) => name >= NEWER)) await migrate(file);
  upgraded = {
    stats: await stats(),
    deployment: await (await report.fetch(`/api/deployments/${FIRST}`)).json(),
  };
});
afterAll(() => report.close());
beforeEach(async () => {
  for (const table of ["routes", "equal_pairs", "decisions", "route_aliases", "answers"])
    await sql(`DELETE FROM ${table}`);
});

async function sql(text: string, ...values: readonly (string | number)[]) {
  const { results } = await report.env.DB.prepare(text)
    .bind(...values)
    .all();
  return results;
}

function migrate(file: string) {
  const statements = readFileSync(join("migrations", file), "utf8").split("--> statement-breakpoint");
  return report.env.DB.batch(statements.map((statement) => report.env.DB.prepare(statement)));
}

/** One pair more on a route, 20 ms slower than production. */
function addPair(id: string, route = "GET /a") {
  return sql(
    `INSERT INTO routes (deployment_id, route, pairs, equal, shadow_failed, noise, slow, second_answers, learned_noise, last_pair_at, latencies, delta_count, delta_sum, delta_max)
     VALUES (?1, ?2, 1, 0, 0, 0, 0, 0, '{}', ?3, '{"shadow:300":1}', 1, 20, 20) ON CONFLICT DO UPDATE SET pairs = pairs + 1,
       latencies = json_object('shadow:300', pairs + 1), delta_count = delta_count + 1, delta_sum = delta_sum + 20`,
    id,
    route,
    NOON,
  );
}

async function stats(query = "") {
  const response = await report.fetch(`/api/shadow/stats${query}`);
  expect(response.status).toBe(200);
  return ShadowStatsSchema.parse(await response.json());
}

const count = async (query = "") => (await stats(query)).count;

test("a filled database of the version before is taken over: the same figures, and no table left over", async () => {
  expect(upgraded.stats).toMatchObject({
    count: 5,
    drift: { avg_delta: 20, max_delta: 20, corridors: [{ corridor: "GET /a", count: 5 }] },
  });
  expect(upgraded.deployment).toMatchObject({ id: FIRST, counts: { pairs: 0 } });
  expect(await sql("SELECT name FROM sqlite_master WHERE name = 'shadow_stats'")).toEqual([]);
});

test("what nothing changed is said as it was kept, and anew after a pair", async () => {
  await addPair(FIRST);
  expect(await count()).toBe(1);
  await sql(`UPDATE answers SET body = replace(body, '"300":1', '"300":70') WHERE deployment_id = ?`, FIRST);
  expect(await count()).toBe(70);
  await addPair(FIRST);
  expect(await count()).toBe(2);
});

test("a figure of one deployment is never behind; of all of them ten are worked out in a read, those first that changed most", async () => {
  for (const id of DEPLOYMENTS) await addPair(id);
  expect(await count()).toBe(13);
  for (const [n, id] of DEPLOYMENTS.entries()) for (let pair = 0; pair <= (n < 3 ? 0 : 1); pair += 1) await addPair(id);
  // 13 and 23 new ones, of which the three deployments with one each wait.
  expect(await count()).toBe(33);
  expect(await count(`?deployment=${FIRST}`)).toBe(2);
  expect(await count()).toBe(36);
});

test("a decision makes nothing old, a merge of routes does", async () => {
  await sql(
    `INSERT INTO equal_pairs (deployment_id, host, route, pairs, second_answers, last_at, prod_latency, shadow_latency, control_latency)
     VALUES (?, 'shop.example.com', 'GET /blog/hello', 1, 0, ?, '{"300":1}', '{"300":1}', '{}')`,
    FIRST,
    NOON,
  );
  const corridors = async () => (await stats()).drift.corridors.map(({ corridor }) => corridor);
  expect(await corridors()).toEqual(["GET /blog/hello"]);
  await sql(`UPDATE answers SET body = replace(body, 'hello', 'kept')`);
  await seedDecision(report.env, ambiguous("aaaa000000000001")[0], {});
  expect(await corridors()).toEqual(["GET /blog/kept"]);
  await sql(
    "INSERT INTO route_aliases (repo_id, route, target, state, updated_at) VALUES (?, 'GET /blog/hello', 'GET /blog/{slug}', 'accepted', ?)",
    REPO_ID,
    NOON,
  );
  expect(await corridors()).toEqual(["GET /blog/{slug}"]);
});

describe("what is kept is not believed", () => {
  test.each([
    [
      "of another upload of the code",
      `UPDATE answers SET body = '{"latencies":{},"corridors":[]}', version = 'another.9999'`,
    ],
    ["of which nothing can be read", "UPDATE answers SET body = 'no JSON'"],
    ["whose sketch holds no numbers", `UPDATE answers SET body = '{"latencies":{"300":"1"},"corridors":[]}'`],
  ])("%s", async (_, spoil) => {
    await addPair(FIRST);
    expect(await count()).toBe(1);
    await sql(spoil);
    expect(await count()).toBe(1);
  });
});

test("the clock works out beforehand what a reader would wait for, all of it", async () => {
  for (const id of DEPLOYMENTS) await addPair(id);
  await report.scheduled(HOURLY);
  const rows = await sql("SELECT count(*) AS n FROM answers WHERE kind = 'shadow' AND body LIKE '%GET /a%'");
  expect(rows).toEqual([{ n: DEPLOYMENTS.length }]);
  for (const id of DEPLOYMENTS) await addPair(id);
  await report.scheduled(HOURLY);
  expect(await sql(`SELECT count(*) AS n FROM answers WHERE body LIKE '%"300":2%'`)).toEqual([
    { n: DEPLOYMENTS.length },
  ]);
});
