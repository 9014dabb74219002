/** The whole way of a request: client, tee, prod and shadow, queue, consumer, database, report. */
import type { RequestListener } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DeploymentSchema } from "../../core/wire/api/deployments.ts";
import { PairDetailSchema, PairListSchema } from "../../core/wire/api/pairs.ts";
import { DEPLOYMENT_ID, type Stack, startStack } from "./stack.ts";

const ORDERS = 12;

function shop(price: (n: number) => unknown): RequestListener {
  return (request, response) => {
    const url = new URL(request.url ?? "/", "http://shop.test");
    response.setHeader("content-type", "application/json");
    if (url.pathname === "/clock") return void response.end(JSON.stringify({ now: new Date().toISOString() }));
    const n = Number(url.pathname.split("/").at(-1));
    response.end(JSON.stringify({ ref: n, cost: price(n), password: `secret-of-${n}` }));
  };
}

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ prod: shop((n) => n * 10), shadow: shop((n) => (n % 3 === 0 ? null : n * 10)) });
  for (let n = 1; n <= ORDERS; n += 1) await (await stack.client(`/orders/${n}`)).text();
  for (let n = 0; n < 3; n += 1) await (await stack.client("/clock")).text();
  await (await stack.client("/orders/1?access_token=never-to-travel")).text();
});

afterAll(() => stack.close());

test("the client gets production's answer, byte for byte", async () => {
  const response = await stack.client("/orders/3"); // The fifth one that is null in the shadow.
  expect(await response.text()).toBe('{"ref":3,"cost":30,"password":"secret-of-3"}');
});

test("every sampled request is accounted for; one with a credential in its query is skipped, not mirrored without it", async () => {
  const ledger = await stack.accounted(ORDERS + 5);
  expect(ledger).toMatchObject({ seen: ORDERS + 5, sampled: ORDERS + 5, compared: ORDERS + 4, unexplained: 0 });
  expect(ledger.skipped).toEqual({ credentials: 1 });
});

test("a value that turned null in the shadow is one Critical drift, a clock is none", async () => {
  await stack.accounted(ORDERS + 5);
  const counting = (await stack.drifts()).filter((drift) => drift.noise === null);
  expect(counting).toHaveLength(1);
  expect(counting[0]).toMatchObject({ verdict: "Critical", route: "GET /orders/{id}", pattern: "$.cost", count: 5 });
  const deployment = await stack.read(`/api/deployments/${DEPLOYMENT_ID}`, DeploymentSchema);
  expect(deployment).toMatchObject({ verdict: "Critical", counts: { pairs: ORDERS + 4, critical: 5, safe: 11 } });
});

test("the pair behind a drift shows both answers, with secrets as tokens", async () => {
  await stack.accounted(ORDERS + 5);
  const { items } = await stack.read(`/api/deployments/${DEPLOYMENT_ID}/pairs?verdict=Critical`, PairListSchema);
  const pair = await stack.read(`/api/pairs/${items[0]?.id}`, PairDetailSchema);
  expect(pair.exchange?.prod).toMatchObject({ status: 200 });
  expect(JSON.stringify(pair)).not.toContain("secret-of");
  expect(pair.findings.some((finding) => finding.path === "$.cost" && finding.noise === null)).toBe(true);
});
