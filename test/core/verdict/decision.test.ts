import { expect, test } from "vitest";
import { type Decision, decidedSeverity } from "../../../core/verdict/decision.ts";
import type { Severity } from "../../../core/verdict/severity.ts";

const proven = { floor: "Critical", ceiling: "Critical" } as const;
const open = { floor: "Safe", ceiling: "Warning" } as const;

test.each<[Decision["decidedBy"], Severity, { floor: Severity; ceiling: Severity }, Severity]>([
  ["model", "Safe", proven, "Critical"],
  ["model", "Safe", open, "Safe"],
  ["model", "Critical", open, "Warning"],
  ["person", "Safe", proven, "Safe"],
  ["person", "Critical", open, "Critical"],
])("a %s that says %s of a finding in %j makes it %s", (decidedBy, verdict, range, expected) => {
  expect(decidedSeverity({ decidedBy, verdict }, range)).toBe(expected);
});
