import { expect, it } from "vitest";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { judgementOf } from "../../../core/verdict/judgement.ts";
import { answer, pairOf } from "../pair/builder.ts";

it("leaves with what the contract says and nothing of the answers", () => {
  const pair = pairOf({ prod: answer({ a: 1 }), shadow: answer({ a: null }) });
  const signature = expect.stringMatching(/^[0-9a-f]{16}$/);
  expect(judgementOf(judge(pair, EMPTY_MEMORY).judged)).toEqual({
    id: "pair",
    verdict: "Critical",
    decidedBy: "rule",
    reasoning: "$.a was 1 and is null.",
    findings: [{ rule: "value-null", severity: "Critical", path: "$.a", signature, noise: null }],
  });
});
