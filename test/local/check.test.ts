/** The example's check: it must be able to say no. */
import { describe, expect, test } from "vitest";
import { checkExample } from "../../infra/local/check.ts";
import type { Example } from "../../infra/local/examples/example.ts";
import { EXAMPLES } from "../../infra/local/examples/index.ts";
import { drift } from "./report.ts";

const EXAMPLE: Example = {
  ...EXAMPLES.shop,
  planted: [
    {
      id: "gone",
      route: "GET /a",
      what: "gone",
      expected: { pattern: "$.box", kind: "missing", severity: "Critical" },
    },
    { id: "slow", route: "GET /b", what: "slow", expected: { rule: "latency", severity: "Warning" } },
  ],
};

const GONE = drift({});
const SLOW = drift({ route: "GET /b", rule: "latency-slow", pattern: "latency", kind: null, verdict: "Warning" });

describe("an example passes", () => {
  test("when every planted regression is reported and nothing else", () => {
    expect(checkExample(EXAMPLE, [GONE, SLOW]).passed).toBe(true);
  });

  test("also when a route with a regression shows more than planted; that is listed beside it", () => {
    const more = drift({ pattern: "$.boxes" });
    expect(checkExample(EXAMPLE, [GONE, SLOW, more])).toMatchObject({ passed: true, besides: [more] });
  });

  test("also when the path lies below the expected one", () => {
    expect(checkExample(EXAMPLE, [drift({ pattern: "$.box[*].lid" }), SLOW]).passed).toBe(true);
  });
});

describe("an example fails", () => {
  test.each([
    ["one is missing", [GONE]],
    ["it is noise", [drift({ noise: { reason: "clock" } }), SLOW]],
    ["it is on another route", [drift({ route: "GET /c" }), SLOW]],
    ["its severity is too low", [drift({ verdict: "Warning" }), SLOW]],
    ["its kind is another", [drift({ kind: "value" }), SLOW]],
    ["its path only begins alike", [drift({ pattern: "$.boxes" }), SLOW]],
    ["its rule is another", [GONE, drift({ route: "GET /b", rule: "status-changed" })]],
  ])("when %s", (_, drifts) => expect(checkExample(EXAMPLE, drifts).passed).toBe(false));

  test("when a route that differs by noise alone is reported", () => {
    const alarm = drift({ route: "GET /pulse", verdict: "Warning" });
    expect(checkExample(EXAMPLE, [GONE, SLOW, alarm])).toMatchObject({ passed: false, falseAlarms: [alarm] });
  });
});
