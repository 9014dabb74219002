/** When a model's word alone may block. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { SEVERITIES, type Severity } from "../../../core/verdict/severity.ts";
import { type Count, countVotes, MAX_VOTES } from "../../../core/verdict/votes.ts";

const decided = (verdict: Severity, agreed = true): Count => ({ kind: "decided", verdict, agreed });
const again: Count = { kind: "ask-again" };

test.each<[string, readonly Severity[], Severity, Count]>([
  ["nobody was asked yet", [], "Warning", again],
  ["one answer that blocks nothing is enough", ["Safe"], "Warning", decided("Safe")],
  ["one answer that only says what the rule says is enough", ["Critical"], "Critical", decided("Critical")],
  ["one answer alone does not block", ["Critical"], "Warning", again],
  ["two that agree block", ["Critical", "Critical"], "Warning", decided("Critical")],
  ["one against one asks a third", ["Critical", "Warning"], "Warning", again],
  ["two of three block", ["Critical", "Safe", "Critical"], "Warning", decided("Critical")],
  ["one of three leaves the rule's severity", ["Critical", "Warning", "Safe"], "Warning", decided("Warning", false)],
  [
    "also where the other two are milder than the rule",
    ["Critical", "Safe", "Safe"],
    "Warning",
    decided("Warning", false),
  ],
])("%s", (_title, votes, severity, expected) => {
  expect(countVotes(votes, severity)).toEqual(expected);
});

test("three answers always decide, and none is Critical beyond the rule without two that say so", () => {
  const severity = fc.constantFrom(...SEVERITIES);
  fc.assert(
    fc.property(fc.array(severity, { minLength: MAX_VOTES, maxLength: MAX_VOTES }), severity, (votes, rule) => {
      const count = countVotes(votes, rule);
      if (count.kind === "ask-again") return false;
      const critical = votes.filter((vote) => vote === "Critical").length;
      return count.verdict !== "Critical" || rule === "Critical" || critical >= 2;
    }),
  );
});
