import { describe, expect, it, test } from "vitest";
import type { Finding } from "../../../core/compare/finding.ts";
import type { Decision } from "../../../core/verdict/decision.ts";
import { deciderOf, formatVerdict } from "../../../core/verdict/format.ts";
import { openCase } from "../../../core/verdict/open.ts";
import { answer, pairOf } from "../pair/builder.ts";

const opened = openCase(pairOf({ prod: answer({}), shadow: answer({}) }));
const finding = (signature: string, more: Partial<Finding> = {}): Finding => ({
  rule: "value-changed",
  severity: "Warning",
  floor: "Safe",
  ceiling: "Critical",
  path: "$.a",
  pattern: "$.a",
  signature,
  reason: `${signature} changed.`,
  differences: [],
  noise: null,
  ...more,
});
const noise = finding("n", { noise: { reason: "it moves" } });
const worse = finding("c", { severity: "Critical", floor: "Critical" });
const said = (verdict: Decision["verdict"], decidedBy: Decision["decidedBy"], reasoning = "Fine."): Decision => ({
  verdict,
  decidedBy,
  reasoning,
  modelVersion: null,
});

describe("the reasoning", () => {
  test.each<[string, readonly Finding[], string, string]>([
    [
      "of nothing found",
      [],
      "Safe",
      "Both answered 200; status, headers and body were compared and nothing that counts differs.",
    ],
    [
      "of noise alone",
      [noise],
      "Safe",
      "Both answered 200; status, headers and body were compared and nothing that counts differs. 1 difference suppressed as noise.",
    ],
    ["of one finding", [finding("a")], "Warning", "a changed."],
    ["of the worst first", [finding("a"), worse, noise], "Critical", "c changed. a changed."],
    ["of three findings", [finding("a"), finding("b"), worse], "Critical", "c changed. a changed. And 1 more finding."],
    [
      "of four findings",
      [finding("a"), finding("b"), worse, finding("d")],
      "Critical",
      "c changed. a changed. And 2 more findings.",
    ],
  ])("%s", (_, findings, verdict, reasoning) => {
    expect(formatVerdict({ ...opened, findings }, new Map())).toMatchObject({ verdict, decidedBy: "rule", reasoning });
  });

  it("of equal answers says that they are equal", () => {
    expect(formatVerdict({ ...opened, equal: true }, new Map()).reasoning).toBe(
      "Both answered 200 with equal bodies and headers.",
    );
  });

  it("of what was decided is that of who decided", () => {
    const judged = formatVerdict(
      { ...opened, findings: [finding("a")] },
      new Map([["a", said("Safe", "model", "Only wording.")]]),
    );
    expect(judged).toMatchObject({ verdict: "Safe", decidedBy: "model", reasoning: "Only wording." });
  });

  it("falls back to the rule's where who decided gave none", () => {
    const judged = formatVerdict(
      { ...opened, findings: [finding("a")] },
      new Map([["a", said("Critical", "person", "")]]),
    );
    expect(judged).toMatchObject({ verdict: "Critical", decidedBy: "person", reasoning: "a changed." });
  });
});

it("does not let a decision revive noise, nor write decisions into findings", () => {
  const judged = formatVerdict({ ...opened, findings: [noise] }, new Map([["n", said("Critical", "person")]]));
  expect([judged.verdict, judged.findings]).toEqual(["Safe", [noise]]);
});

test.each([
  ["Warning", "person"],
  ["Critical", "model"],
  ["Safe", "rule"],
] as const)("%s was decided by a %s", (verdict, expected) => {
  const opinions = [
    { severity: "Warning", decidedBy: "model" },
    { severity: "Warning", decidedBy: "person" },
    { severity: "Critical", decidedBy: "rule" },
    { severity: "Critical", decidedBy: "model" },
  ] as const;
  expect(deciderOf(opinions, verdict)).toBe(expected);
});
