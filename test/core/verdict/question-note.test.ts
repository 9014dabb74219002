/** What people are told about a question without an answer. */
import { expect, test } from "vitest";
import { questionNote } from "../../../core/verdict/question-note.ts";

test.each([
  ["open", "http-529", /has not answered yet/],
  ["asking", null, /has not answered yet/],
  ["open", "budget: deployment", /this deployment's budget of calls is used up/],
  ["open", "budget: repository and day", /budget of calls for today is used up/],
  ["unavailable", "timeout", /^Model unavailable: it gave no answer within 24 hours, so the rule's verdict stands/],
  ["unavailable", "budget: deployment", /^Model unavailable: its budget .* the rule's verdict stands/],
])("a question that is %s after %s says so", (state, error, said) => {
  expect(questionNote(state, error)).toMatch(said);
});

test("there is nothing to say where there is an answer", () => {
  expect(questionNote("decided", null)).toBeNull();
});
