import { expect, test } from "vitest";
import { pairVerdict } from "../../../core/report/pair.ts";
import { NO_DECISIONS } from "../../../core/report/standing.ts";

const decision = {
  verdict: "Safe",
  decidedBy: "model",
  modelVersion: "a-model/1",
  reasoning: "It is a clock.",
} as const;
const row = {
  verdict: "Critical",
  reasoning: "The total changed.",
  signatures: '[["a","Warning","Safe","Critical"],["u","Critical","Warning","Critical"]]',
} as const;

test("the rules' words stand while they decide", () => {
  expect(pairVerdict(row, NO_DECISIONS).reasoning).toBe("The total changed.");
});

test("the words are those of whoever decided the worst finding", () => {
  const decided = new Map([["u", { ...decision, verdict: "Warning" as const, reasoning: "A new wording." }]]);
  const verdict = pairVerdict(row, { ...NO_DECISIONS, decided });
  expect(verdict).toMatchObject({ verdict: "Warning", decidedBy: "model", reasoning: "A new wording." });
});

test("the rules' words say so when they name a finding that was lowered since", () => {
  const signatures = '[["a","Warning","Warning","Warning"],["p","Critical","Critical","Critical"]]';
  const decided = new Map([["p", { ...decision, decidedBy: "person" as const }]]);
  const verdict = pairVerdict({ ...row, signatures }, { ...NO_DECISIONS, decided });
  expect(verdict).toMatchObject({ verdict: "Warning", decidedBy: "rule" });
  expect(verdict.reasoning).toMatch(/^The total changed\. .*judged otherwise since/);
});

test("an open question is named", () => {
  const waiting = { ...row, verdict: "Warning" as const, signatures: '[["a","Warning","Safe","Critical"]]' };
  const verdict = pairVerdict(waiting, { ...NO_DECISIONS, open: new Set(["a"]) });
  expect(verdict.verdict).toBe("Undecided");
  expect(verdict.reasoning).toMatch(/has not answered yet.*The total changed/);
});

test("a question that waits for more than an answer says for what", () => {
  const waiting = { ...row, verdict: "Warning" as const, signatures: '[["a","Warning","Safe","Critical"]]' };
  const notes = new Map([["a", "The budget is used up."]]);
  const verdict = pairVerdict(waiting, { ...NO_DECISIONS, open: new Set(["a"]), notes });
  expect(verdict.reasoning).toBe("The budget is used up. The rules say: The total changed.");
});

test("where no model answered in a day the rule's verdict stands and is marked", () => {
  const alone = { ...row, verdict: "Warning" as const, signatures: '[["a","Warning","Safe","Critical"]]' };
  const notes = new Map([["a", "Model unavailable."]]);
  const verdict = pairVerdict(alone, { ...NO_DECISIONS, unavailable: new Set(["a"]), notes });
  expect(verdict).toMatchObject({ verdict: "Warning", decidedBy: "rule" });
  expect(verdict.reasoning).toBe("The total changed. Model unavailable.");
});
