/** Webhooks on their way: signed so that GitHub's own library believes them; lost, doubled, held and late on request. */
import { Webhooks } from "@octokit/webhooks";
import { expect, test } from "vitest";
import { standIn, webhook } from "./hub.ts";

const SECRET = "only for this test";

async function wired() {
  const github = await standIn();
  const hook = await webhook();
  github.deliveries.to({ url: hook.url, secret: SECRET });
  return { github, hook, shop: github.repository("acme/shop") };
}

test("each change is told once, in order, signed with the secret", async () => {
  const { github, hook, shop } = await wired();
  const pull = shop.openPull({});
  pull.push({ "a.txt": "a" });
  pull.close();
  await github.deliveries.settled();
  const { deliveries } = github;
  expect(hook.received.map(({ id }) => id)).toEqual(deliveries.made.map(({ id }) => id));
  expect(deliveries.made.map(({ event, action }) => `${event}.${action}`)).toEqual([
    "pull_request.opened",
    "pull_request.synchronize",
    "pull_request.closed",
  ]);
  expect(deliveries.made.map(({ answers }) => answers)).toEqual([[202], [202], [202]]);
  const verifier = new Webhooks({ secret: SECRET });
  for (const { body, signature } of hook.received) expect(await verifier.verify(body, signature)).toBe(true);
  expect(
    await new Webhooks({ secret: "another" }).verify(hook.received[0]?.body ?? "", hook.received[0]?.signature ?? ""),
  ).toBe(false);
});

test("deliveries are lost, doubled and held as decided, and held ones come in any order", async () => {
  const { github, hook, shop } = await wired();
  const { deliveries } = github;
  deliveries.decide(({ action }) => (action === "opened" ? "twice" : action === "labeled" ? "lose" : "hold"));
  const pull = shop.openPull({});
  pull.label("shadow-keep");
  pull.push({ "a.txt": "a" });
  pull.close();
  await deliveries.settled();
  const actions = () => hook.received.map(({ id }) => deliveries.made.find((one) => one.id === id)?.action);
  expect(actions()).toEqual(["opened", "opened"]);
  await deliveries.release((held) => held.toReversed());
  expect(actions()).toEqual(["opened", "opened", "closed", "synchronize"]);
  await deliveries.release();
  expect(hook.received).toHaveLength(4);
});

test("a late one comes after those made later", async () => {
  const { github, hook, shop } = await wired();
  const { deliveries } = github;
  deliveries.decide(({ action }) => (action === "opened" ? { afterMs: 60 } : "send"));
  shop.openPull({}).close();
  await deliveries.settled();
  expect(hook.received.map(({ body }) => (JSON.parse(body) as { action: string }).action)).toEqual([
    "closed",
    "opened",
  ]); // As sent.
});

test("nothing is sent again by itself; redelivering keeps the id", async () => {
  const { github, hook, shop } = await wired();
  hook.answer = 500;
  shop.openPull({});
  await github.deliveries.settled();
  const id = github.deliveries.made[0]?.id ?? "";
  expect(hook.received).toHaveLength(1);
  hook.answer = 202;
  expect(await github.deliveries.redeliver(id)).toBe(202);
  expect(hook.received.map((one) => one.id)).toEqual([id, id]);
  expect(github.deliveries.made[0]?.answers).toEqual([500, 202]);
  github.deliveries.to({ url: "http://127.0.0.1:9/webhook", secret: SECRET });
  expect(await github.deliveries.redeliver(id)).toBeNull();
});

test("without a webhook changes are made all the same", async () => {
  const github = await standIn();
  const pull = github.repository("acme/shop").openPull({});
  await github.deliveries.settled();
  expect([pull.number, github.deliveries.made[0]?.answers]).toEqual([1, []]);
});
