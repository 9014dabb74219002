import { describe, expect, it, test } from "vitest";
import type { Finding } from "../../../core/compare/finding.ts";
import type { Decision } from "../../../core/verdict/decision.ts";
import { effectiveVerdict, type SignatureEntry, signatureKey } from "../../../core/verdict/effective.ts";

type Said = Pick<Decision, "verdict" | "decidedBy">;
const open: SignatureEntry = ["a", "Warning", "Safe", "Critical"];
const proven: SignatureEntry = ["b", "Critical", "Critical", "Critical"];

test.each<[string, readonly SignatureEntry[], Record<string, Said>, string, string]>([
  ["nothing", [], {}, "Safe", "rule"],
  ["what rules said", [open, proven], {}, "Critical", "rule"],
  ["a model inside its range", [open], { a: { verdict: "Safe", decidedBy: "model" } }, "Safe", "model"],
  ["a model outside its range", [proven], { b: { verdict: "Safe", decidedBy: "model" } }, "Critical", "model"],
  ["a person, whatever was proven", [proven], { b: { verdict: "Safe", decidedBy: "person" } }, "Safe", "person"],
  ["a person on one of two", [open, proven], { b: { verdict: "Safe", decidedBy: "person" } }, "Warning", "rule"],
  ["a decision on something else", [open], { z: { verdict: "Critical", decidedBy: "person" } }, "Warning", "rule"],
])("%s", (...[, signatures, decisions, verdict, decidedBy]) => {
  expect(effectiveVerdict(signatures, new Map(Object.entries(decisions)))).toEqual({ verdict, decidedBy });
});

describe("the text of a row's signatures", () => {
  const finding = (signature: string, noise: Finding["noise"] = null): Finding => ({
    rule: "value-changed",
    severity: "Warning",
    floor: "Safe",
    ceiling: "Critical",
    path: "$",
    pattern: "$",
    signature,
    reason: "",
    differences: [],
    noise,
  });

  it("is the same in whatever order and however often they were found, and without noise", () => {
    const key = signatureKey([finding("a"), finding("b")]);
    expect(key).toBe('[["a","Warning","Safe","Critical"],["b","Warning","Safe","Critical"]]');
    expect(signatureKey([finding("b"), finding("a"), finding("b"), finding("c", { reason: "it moves" })])).toBe(key);
    expect(signatureKey([])).toBe("[]");
  });
});
