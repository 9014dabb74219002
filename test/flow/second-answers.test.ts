/**
 * A base stack beside the shadow, both behind a gateway that stamps: second answers travel in the pair, teach noise and are the
 * reference; an environment that differs from production is no evidence, and an answer without the right stamp is none of the shadow's.
 */
import type { RequestListener } from "node:http";
import { gunzipSync } from "node:zlib";
import type { D1Database, R2Bucket } from "@cloudflare/workers-types";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DeploymentSchema } from "../../core/wire/api/deployments.ts";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import { type PairDetail, PairDetailSchema, PairListSchema } from "../../core/wire/api/pairs.ts";
import { RouteListSchema } from "../../core/wire/api/routes.ts";
import { type Listening, listen } from "../servers/http.ts";
import { DEPLOYMENT_ID, type Stack, startStack } from "./stack.ts";

const STAMP = "x-shadow-infra-deployment";
const BASE_ID = "7-12-ba5eba5eba5e";
const OTHER_PUSH_ID = "7-12-00000000ffff";
const PRICES = 9;
/** Of the prices, every third one is another in the shadow. */
const WRONG = PRICES / 3;

/** How often each path but the prices is asked for; too few for a breaker. */
const TIMES = 2;
const SENT = PRICES + 4 * TIMES;

type Part = "prod" | "base" | "shadow";

/** Names of fields say nothing of time or chance, so that only a second answer can tell that `place` moves. */
function shop(part: Part): RequestListener {
  let answers = 0;
  const own = part === "prod" ? undefined : { base: BASE_ID, shadow: DEPLOYMENT_ID }[part];
  return (request, response) => {
    answers += 1;
    const [, route = "", n = ""] = (request.url ?? "/").split("/");
    const stamp = stampFor(route, part) ?? own;
    if (stamp !== undefined && stamp !== "") response.setHeader(STAMP, stamp);
    response.statusCode = route === "empty" && part !== "prod" ? 503 : 200;
    response.setHeader("content-type", "application/json");
    const price = part === "shadow" && Number(n) % 3 === 0 ? null : Number(n) * 10;
    const place = part === "prod" ? 1_000 : 2_000 + answers * 7 + (part === "shadow" ? 400 : 0);
    response.end(JSON.stringify({ price, stock: part === "prod" ? "of production" : "of the seed", place }));
  };
}

/** Empty: no stamp. Undefined: the part's own. */
function stampFor(route: string, part: Part): string | undefined {
  if (route === "unreached" && part === "shadow") return "";
  if (route === "stale" && part === "shadow") return OTHER_PUSH_ID;
  return route === "base-unreached" && part === "base" ? "" : undefined;
}

let stack: Stack;
let base: Listening;
let ledger: Ledger;

beforeAll(async () => {
  base = await listen(shop("base"));
  const second = { origin: base.url, deploymentId: BASE_ID, againShare: 1 };
  stack = await startStack({
    prod: shop("prod"),
    shadow: shop("shadow"),
    deployment: { stamped: true, base: second },
  });
  for (let n = 1; n <= PRICES; n += 1) await (await stack.client(`/prices/${n}`)).text();
  for (const route of ["empty", "unreached", "stale", "base-unreached"])
    for (let n = 1; n <= TIMES; n += 1) await (await stack.client(`/${route}/${n}`)).text();
  ledger = await stack.accounted(SENT);
}, 60_000);

afterAll(async () => {
  await stack?.close();
  await base?.close();
});

async function pairsOf(route: string): Promise<readonly PairDetail[]> {
  const { items } = await stack.read(`/api/deployments/${DEPLOYMENT_ID}/pairs?limit=100`, PairListSchema);
  const found = items.filter((pair) => pair.route === `GET /${route}/{id}`);
  return Promise.all(found.map(({ id }) => stack.read(`/api/pairs/${id}`, PairDetailSchema)));
}

test("every request is in one state: compared, not evidence, of another push, or not reached", () => {
  expect(ledger).toMatchObject({ seen: SENT, sampled: SENT, compared: PRICES + TIMES, dropped: {}, unexplained: 0 });
  expect(ledger.skipped).toEqual({ environment: TIMES, stale: TIMES });
  expect(ledger).toMatchObject({ shadowFailed: TIMES, shadowFailedReasons: { unreached: TIMES } });
});

test("both answers of the base stack travel in the pair and are kept with it", async () => {
  const pairs = await pairsOf("prices");
  expect(pairs).toHaveLength(PRICES);
  for (const { exchange } of pairs)
    expect(exchange).toMatchObject({ prod: { status: 200 }, base: { status: 200 }, baseAgain: { status: 200 } });
  const { items } = await stack.read(`/api/deployments/${DEPLOYMENT_ID}/routes`, RouteListSchema);
  const route = items.find((each) => each.route === "GET /prices/{id}");
  expect(route).toMatchObject({ secondAnswers: PRICES, equalWithoutRow: 0 });
});

test("the shadow is held against the base: other data than production's is no drift, a wrong price is", async () => {
  const drifts = (await stack.drifts()).filter((drift) => drift.route === "GET /prices/{id}");
  const counting = drifts.filter((drift) => drift.noise === null);
  expect(counting.map(({ pattern, verdict, count }) => [pattern, verdict, count])).toEqual([
    ["$.price", "Critical", WRONG],
  ]);
  expect(JSON.stringify(drifts)).not.toContain("$.stock");
});

test("a field that the base's two answers show differently is noise, and says why", async () => {
  const place = (await stack.drifts()).find(({ pattern, route }) => pattern === "$.place" && route.includes("prices"));
  expect(place?.noise?.reason).toContain("two answers of the same code differ");
});

test("a base in another class of status than production is no evidence: no pair, no drift", async () => {
  expect(await pairsOf("empty")).toEqual([]);
  expect((await stack.drifts()).filter(({ route }) => route.includes("empty"))).toEqual([]);
});

test("an answer without the gateway's stamp is a shadow that was not reached: Critical, whatever it said", async () => {
  const pairs = await pairsOf("unreached");
  expect(pairs.map(({ verdict, shadowFailed }) => [verdict, shadowFailed])).toEqual(
    Array.from({ length: TIMES }, () => ["Critical", "unreached"]),
  );
});

test("a base that is not reached is not the reference: production is", async () => {
  const pairs = await pairsOf("base-unreached");
  expect(pairs).toHaveLength(TIMES);
  for (const { exchange, findings } of pairs) {
    expect(exchange?.base).toMatchObject({ failed: "unreached" });
    expect(findings.filter(({ noise }) => noise === null).map(({ path }) => path)).toContain("$.stock");
  }
});

test("one wrong price makes the deployment Critical; the stamp stands in nothing that is stored", async () => {
  const deployment = await stack.read(`/api/deployments/${DEPLOYMENT_ID}`, DeploymentSchema);
  expect(deployment).toMatchObject({ verdict: "Critical", counts: { pairs: PRICES + 2 * TIMES } });
  const worker = stack.harness.getWorker<{ DB: D1Database; BODIES: R2Bucket }>("shadow-infra-compare");
  const { DB, BODIES } = await worker.getEnv();
  const tables = await Promise.all(
    ["response_pairs", "verdicts", "drifts"].map((table) => DB.prepare(`SELECT * FROM ${table}`).all()),
  );
  const { objects } = await BODIES.list();
  const kept = await Promise.all(objects.map(async ({ key }) => (await BODIES.get(key))?.arrayBuffer()));
  const texts = kept.map((bytes) => gunzipSync(Buffer.from(bytes ?? new ArrayBuffer())).toString());
  expect(texts.length).toBeGreaterThanOrEqual(PRICES);
  expect(JSON.stringify(tables) + texts.join("")).not.toContain(STAMP);
  expect(texts.join("")).toContain("of the seed");
});
