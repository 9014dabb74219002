import { expect, test } from "vitest";
import type { RoutedTarget } from "../../../../core/wire/target.ts";
import { settledPair, wholePair } from "../../../../workers/tee/mirror/pair.ts";
import { mirroredRequest } from "../../../../workers/tee/mirror/request.ts";
import { routed } from "../routing/routed.ts";
import { seen } from "./seen.ts";

const stamp = { "x-shadow-infra-deployment": "7-1-0123456789ab" };

function material(target: RoutedTarget, shadow = seen({ headers: stamp })) {
  const request = new Request("http://shop.test/a?b=1", { headers: { accept: "x" } });
  const sides = { prod: seen(), shadow, control: seen(), base: seen({ headers: stamp }), baseAgain: undefined };
  const mirrored = { ...mirroredRequest(request, new TextEncoder().encode("sent"), {}), method: "POST" };
  return { target, mirrored, sides, url: request.url, arrivedAt: 1_800_000_000_000 };
}

test("a whole pair carries the request and every side, without stamps", () => {
  const pair = wholePair(material(routed()));
  expect(pair).toMatchObject({
    request: { method: "POST", path: "/a?b=1", headers: { accept: "x" }, body: "sent" },
    prod: { status: 200, body: '{"a":1}', bodyBytes: 7 },
    shadow: { status: 200, body: '{"a":1}' },
    control: { status: 200 },
    base: { status: 200 },
    hosts: { prod: "shop.test", shadow: new URL(routed().shadowOrigin).host },
    credentials: "none",
    capturedAt: 1_800_000_000_000,
  });
  expect(pair).not.toHaveProperty("baseAgain");
  expect(pair).not.toHaveProperty("settled");
  expect(JSON.stringify(pair)).not.toContain("x-shadow-infra");
});

test("a settled pair carries sizes in place of bodies", () => {
  const pair = settledPair(material(routed()));
  expect(pair).toMatchObject({ settled: "equal", request: { path: "/a?b=1", body: null } });
  for (const side of [pair.prod, pair.shadow, pair.control, pair.base])
    expect(side).toMatchObject({ status: 200, body: "", bodyBytes: 7, latencyMs: 10, headersMs: 5 });
  expect(JSON.stringify(pair)).not.toMatch(/x-shadow-infra|sent/);
});

test("what we add to requests does not come back in an answer that repeats it", () => {
  const target = routed({
    serviceHeaders: { "gate-key": "gate-key-value" },
    credentials: { authorization: "Bearer of-the-tests" },
  });
  const echo = seen({
    body: "gate-key: gate-key-value\nBearer of-the-tests",
    headers: { "x-echo": "gate-key-value", ...stamp },
  });
  const text = JSON.stringify(wholePair(material(target, echo)));
  expect(text).not.toMatch(/gate-key-value|of-the-tests/);
  expect(text).toContain("redacted:own");
});
