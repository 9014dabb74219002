/** What a cluster and a Prometheus ask of the service. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { VERSION } from "../../../infra/provisioner/version.ts";
import { pause } from "../../servers/wait-for.ts";
import { deliver, startStand } from "../service-stand.ts";

test("health and readiness hold while GitHub does not answer, and readiness says so", async () => {
  const { service } = await startStand();
  expect(await (await fetch(`${service.origin}/healthz`)).json()).toEqual({ status: "ok" });
  const ready = await fetch(`${service.origin}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({
    status: "ok",
    lastPass: null,
    unavailable: { github: "GitHub is limiting us for 40 s." },
  });
});

test("the version is package.json's", async () => {
  const { service } = await startStand();
  expect(await (await fetch(`${service.origin}/version`)).json()).toMatchObject({ version: VERSION });
  expect(JSON.parse(readFileSync("package.json", "utf8"))).toMatchObject({ version: VERSION });
});

test("metrics count deliveries by event and outcome, and strangers cannot make up events without end", async () => {
  const { service } = await startStand();
  const payload = { action: "opened", repository: { id: 1 }, pull_request: { number: 12 } };
  const id = "22222222-0000-4000-8000-000000000000";
  await deliver(service.origin, payload, { id });
  await deliver(service.origin, payload, { id });
  await deliver(service.origin, {}, { event: "ping" });
  await deliver(service.origin, {}, { event: 'made"up{1}', secret: "another" });
  const text = await (await fetch(`${service.origin}/metrics`)).text();
  for (const line of [
    'deliveries_total{event="pull_request",outcome="woke"} 1',
    'deliveries_total{event="pull_request",outcome="repeated"} 1',
    'deliveries_total{event="ping",outcome="ignored"} 1',
    'deliveries_total{event="other",outcome="refused"} 1',
    'stacks{state="teardown_failed"} 0',
    'lease_renewals_total{outcome="failed"} 2',
    'unavailable{who="github"} 1',
    'unavailable{who="report"} 0',
    "pulls 2",
    "swept_total 3",
  ])
    expect(text).toContain(`shadow_infra_provisioner_${line}\n`);
});

test("other paths and methods are refused as problem documents", async () => {
  const { service } = await startStand();
  const lost = await fetch(`${service.origin}/`);
  expect(lost.status).toBe(404);
  expect(lost.headers.get("content-type")).toBe("application/problem+json");
  const got = await fetch(`${service.origin}/webhook`);
  expect([got.status, got.headers.get("allow")]).toEqual([405, "POST"]);
});

test("stopping lets the loop end its step, takes no delivery meanwhile, and happens once", async () => {
  let stops = 0;
  const { service } = await startStand({
    stop: async () => {
      stops += 1;
      await pause(100);
    },
  });
  const both = [service.stop(), service.stop()];
  await expect(deliver(service.origin, {})).rejects.toThrow("fetch failed");
  await Promise.all(both);
  expect(stops).toBe(1);
});

test("a step that hangs does not hold the end back for longer than its limit, and the log says so", async () => {
  const { service, lines } = await startStand({ stopLimitMs: 100, stop: () => new Promise(() => undefined) });
  const startedAt = Date.now();
  await service.stop();
  expect(Date.now() - startedAt).toBeLessThan(2_000);
  expect(lines.join("")).toContain("did not end in time");
});
