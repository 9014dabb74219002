/** Answers that are kept: they say at any time what working them out anew would say, whatever changed in between. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ReportWorker, startReportWorker } from "../report-worker.ts";
import { ambiguous, DEPLOYMENT_ID, NOON, seedDecision, seedDeployment, seedDrift, seedPair } from "../seed.ts";

const PATHS = ["", "/drifts", "/routes"].map((path) => `/api/deployments/${DEPLOYMENT_ID}${path}`);
const ODD = ambiguous("aaaa000000000001");

let report: ReportWorker;
beforeAll(async () => {
  report = await startReportWorker();
});
afterAll(() => report.close());
beforeEach(async () => {
  const tables = ["shadow_deployments", "response_pairs", "verdicts", "drifts", "routes", "decisions", "equal_pairs"];
  const caches = ["route_aliases", "latency_checks", "answers"];
  await empty([...tables, ...caches]);
});

async function sql(text: string, ...values: readonly (string | number)[]) {
  const { results } = await report.env.DB.prepare(text)
    .bind(...values)
    .all();
  return results;
}

function empty(tables: readonly string[]) {
  return report.env.DB.batch(tables.map((table) => report.env.DB.prepare(`DELETE FROM ${table}`)));
}

async function answers(): Promise<readonly string[]> {
  return Promise.all(PATHS.map(async (path) => (await report.fetch(path)).text()));
}

/** What is answered now, after it was compared with what is worked out without anything kept. */
async function sound(): Promise<readonly string[]> {
  const shown = await answers();
  expect(await answers()).toEqual(shown);
  await empty(["answers", "latency_checks"]);
  expect(shown).toEqual(await answers());
  return shown;
}

async function seedAll(): Promise<void> {
  await seedDeployment(report.env);
  await seedPair(report.env, { id: "p1", verdict: "Warning", entries: [ODD] });
  await seedDrift(report.env, ODD);
}

/** As a registry writes it, under the name that a tee has for the route. */
function seedEqual(route: string, pairs: number) {
  return sql(
    `INSERT INTO equal_pairs (deployment_id, host, route, pairs, second_answers, last_at, prod_latency, shadow_latency, control_latency)
     VALUES (?, 'shop.example.com', ?, ?, 0, ?, '{"300":1}', '{"300":1}', '{}')
     ON CONFLICT DO UPDATE SET pairs = excluded.pairs`,
    DEPLOYMENT_ID,
    route,
    pairs,
    NOON,
  );
}

function merge(state: string) {
  return sql(
    `INSERT INTO route_aliases (repo_id, route, target, state, updated_at) VALUES (7, 'GET /blog/hello', 'GET /blog/{slug}', ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state`,
    state,
    NOON,
  );
}

const decide = (verdict: string) =>
  seedDecision(report.env, ODD[0], { decided_by: "person", verdict, reasoning: "Known." });

describe("an answer shows at once", () => {
  test.each<[what: string, which: readonly number[], change: () => Promise<unknown>]>([
    ["a new pair", [0, 1, 2], () => seedPair(report.env, { id: "p2" })],
    ["a new drift", [0, 1, 2], () => seedDrift(report.env, ambiguous("aaaa000000000002"))],
    ["more pairs of a drift", [1], () => sql("UPDATE drifts SET count = count + 5")],
    ["a decision", [0, 1, 2], () => decide("Safe")],
    ["equal pairs without a row", [0, 2], () => seedEqual("GET /health", 500)],
    ["a verdict that is changed", [0, 2], () => sql("UPDATE verdicts SET verdict = 'Undecided', signatures = '[]'")],
    ["a pair that is removed", [0, 1, 2], () => sql("DELETE FROM verdicts")],
    ["a drift that is removed", [0, 1, 2], () => sql("DELETE FROM drifts")],
  ])("%s", async (_, which, change) => {
    await seedAll();
    const before = await sound();
    await change();
    const after = await sound();
    for (const [n, text] of after.entries()) expect([n, text !== before[n]]).toEqual([n, which.includes(n)]);
  });

  test("a decision that is taken back, and one that is changed", async () => {
    await seedAll();
    const before = await sound();
    await decide("Safe");
    const decided = await sound();
    await sql("UPDATE decisions SET verdict = 'Critical'");
    expect(await sound()).not.toEqual(decided);
    await sql("DELETE FROM decisions");
    expect(await sound()).toEqual(before);
  });

  test("routes that a person merged, and the merge's end", async () => {
    await seedAll();
    await seedEqual("GET /blog/hello", 30);
    await merge("proposed");
    const apart = await sound();
    await merge("accepted");
    expect((await sound())[2]).toContain("GET /blog/{slug}");
    await merge("refused");
    expect(await sound()).toEqual(apart);
  });

  test("a contract that names its routes", async () => {
    await seedAll();
    await seedEqual("GET /users/{id}", 30);
    await sound();
    await sql(
      `UPDATE shadow_deployments SET compare_settings = json_set(compare_settings, '$.templates', json('["/users/{userId}"]'))`,
    );
    expect((await sound())[2]).toContain("/users/{userId}");
  });

  test("that the deployment is closed, though its figures are kept", async () => {
    await seedAll();
    await sound();
    await sql("UPDATE shadow_deployments SET state = 'closed', closed_at = ?", NOON);
    expect(JSON.parse((await sound())[0] ?? "")).toMatchObject({ state: "closed", counts: { pairs: 1 } });
    await sql("DELETE FROM shadow_deployments");
    expect((await report.fetch(PATHS[1] ?? "")).status).toBe(404);
  });
});

test("what nothing changed is answered as it was kept, in the list too", async () => {
  await seedAll();
  await sound();
  await sql("UPDATE answers SET body = json_set(body, '$.drifts', 77) WHERE kind = 'figures'");
  await sql(`UPDATE answers SET body = '{"items":[]}' WHERE kind <> 'figures'`);
  const [deployment, ...lists] = await answers();
  expect(JSON.parse(deployment ?? "")).toMatchObject({ drifts: 77 });
  expect(lists).toEqual(['{"items":[]}', '{"items":[]}']);
  expect(await (await report.fetch("/api/deployments")).json()).toMatchObject({ items: [{ drifts: 77 }] });
  // Another deployment's pair is none of its business.
  await seedPair(report.env, { id: "p9", deploymentId: "7-13-0123456789ab" });
  expect((await answers())[1]).toBe('{"items":[]}');
});

test("an answer whose rows changed while it was worked out is not believed", async () => {
  await seedAll();
  await answers();
  await sql("UPDATE answers SET body = '{}'");
  const [kept] = await sql("SELECT version FROM answers WHERE kind = 'drifts'");
  await seedPair(report.env, { id: "p2" });
  await answers();
  await sql("UPDATE answers SET body = '{}', version = ?", String(kept?.["version"]));
  for (const text of await answers()) expect(text).not.toBe("{}");
});

test("what another upload of the code kept is not believed, though no row changed since", async () => {
  await seedAll();
  await answers();
  const kept = await sql("SELECT DISTINCT substr(version, 1, instr(version, '.') - 1) AS id FROM answers");
  expect(kept).toEqual([{ id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) }]);
  await sql(`UPDATE answers SET body = '{}', version = 'another' || substr(version, instr(version, '.'))`);
  for (const text of await answers()) expect(text).not.toBe("{}");
});

test("what is kept and cannot be read is worked out anew", async () => {
  await seedAll();
  const before = await sound();
  await sql("UPDATE answers SET body = 'no JSON' WHERE kind = 'figures'");
  expect((await answers())[0]).toBe(before[0]);
});

test("the curl of a drift that needs a body from the bucket is not kept", async () => {
  await seedAll();
  await sql("UPDATE response_pairs SET method = 'POST'");
  await answers();
  expect(await sql("SELECT kind FROM answers ORDER BY kind")).toEqual([{ kind: "figures" }, { kind: "routes" }]);
});

test("groups of verdicts are what counting the verdicts would give", async () => {
  await seedAll();
  for (const [n, route] of ["GET /a", "GET /b", "GET /a"].entries()) await seedPair(report.env, { id: `q${n}`, route });
  await sql("UPDATE verdicts SET verdict = 'Critical' WHERE pair_id = 'q0'");
  await sql("DELETE FROM verdicts WHERE pair_id = 'q1'");
  const counted = await sql(`SELECT p.route, v.signatures, v.verdict, count(*) AS pairs FROM verdicts AS v
    JOIN response_pairs AS p ON p.id = v.pair_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`);
  expect(
    await sql("SELECT route, signatures, verdict, pairs FROM verdict_groups WHERE pairs > 0 ORDER BY 1, 2, 3"),
  ).toEqual(counted);
});

test("trends that are kept are worked out anew after each run that comes, changes or goes", async () => {
  const trends = async (query = "") => (await report.fetch(`/api/trends${query}`)).text();
  const run = (id: string, p95: number) =>
    sql(
      `INSERT INTO probe_runs VALUES (?1, ?1, 'acme/shop', 'shop', 'main', 'c1', 0, '', 'default', ?2, ?2, 1, ?3)`,
      id,
      NOON + p95,
      JSON.stringify({ endpoints: { "/a": { figures: figuresOf(p95), budgets: [] } } }),
    );
  await run("r1", 40);
  const one = await trends();
  await sql("UPDATE answers SET body = replace(body, '40', '41') WHERE kind = 'trends'");
  expect(await trends()).toBe(one.replaceAll("40", "41"));
  expect(JSON.parse(await trends("?runs=2"))).toEqual(JSON.parse(one));
  await run("r2", 60);
  expect(JSON.parse(await trends())).toMatchObject({ items: [{ points: [{}, { figures: { p95: 60 } }] }] });
  await sql("DELETE FROM probe_runs WHERE id = 'r2'");
  expect(await trends()).toBe(one);
  await sql("DELETE FROM probe_runs");
  expect(JSON.parse(await trends())).toMatchObject({ items: [] });
  expect(await sql("SELECT DISTINCT kind FROM answers")).toEqual([{ kind: "trends" }]);
});

const figuresOf = (p95: number) => ({ p50: 1, p95, p99: 100, avg_size_kb: 2, failures: 0, failure_rate: 0 });

test("every table that answers are made of is watched", async () => {
  const watched = [
    "verdicts",
    "routes",
    "drifts",
    "equal_pairs",
    "decisions",
    "route_aliases",
    "route_merges",
    "probe_runs",
  ];
  const triggers = await sql("SELECT name FROM sqlite_master WHERE type = 'trigger'");
  const names = watched.flatMap((table) => ["added", "changed", "removed"].map((event) => `${table}_${event}`));
  const own = ["shadow_deployments_changed", "response_pairs_changed", "response_pairs_removed"];
  expect(new Set(triggers.map(({ name }) => name))).toEqual(new Set([...names, ...own]));
});
