/** A file of rules that is wrong says where, and what to write instead. */
import { expect, test } from "vitest";
import { defaultGovernance } from "../../../core/governance/defaults.ts";
import { parseRules } from "../../../core/governance/parse.ts";
import { GovernanceFileSchema } from "../../../core/governance/rules.ts";

const DEFAULT = JSON.stringify(defaultGovernance("python"), null, 2);

function problemsOf(text: string): readonly string[] {
  const result = parseRules(text);
  return result.ok ? [] : result.problems.map(({ line, key, message }) => `${line} ${key}: ${message}`);
}

test.each(["node", "python"] as const)("the default rules for %s are the twelve, and readable", (stack) => {
  const result = parseRules(`\u{feff}${JSON.stringify(defaultGovernance(stack))}`);
  expect(result.ok && result.value.file.rules.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(GovernanceFileSchema.parse(defaultGovernance(stack)).rules).toHaveLength(12);
});

test("an unknown key is told with its line and the key that was meant", () => {
  const text = DEFAULT.replace('"enforcement"', '"enforcment"');
  const line = text.split("\n").findIndex((each) => each.includes("enforcment")) + 1;
  const found = problemsOf(text);
  expect(
    found.some((each) => each.startsWith(`${line} `) && each.includes('Did you mean "enforcement"?')),
    found.join("\n"),
  ).toBe(true);
});

test.each([
  ["no JSON", "{ rules: [", /./],
  ["YAML", "version: 1\nrules: []\n", /not JSON/],
  ["nothing", "", /not JSON/],
  ["a list", "[]", /./],
  ["another version", DEFAULT.replace('"version": 1', '"version": 2'), /version/],
  [
    "an exception without a reason",
    DEFAULT.replace(
      '"exceptions": []',
      '"exceptions": [{"rule": 1, "path": "a", "reason": "", "expires": "2026-01-01"}]',
    ),
    /exceptions\[0\]\.reason/,
  ],
  [
    "an exception without a day",
    DEFAULT.replace('"exceptions": []', '"exceptions": [{"rule": 1, "path": "a", "reason": "long enough"}]'),
    /exceptions\[0\]/,
  ],
  ["a key twice", DEFAULT.replace('"id": 2,', '"id": 2, "id": 3,'), /^\d+ : Map keys must be unique$/],
  ["one id twice", DEFAULT.replace('"id": 2,', '"id": 1,'), /rules\[1\]\.id: Another rule has this id/],
])("%s is refused", (_, text, words) => {
  expect(problemsOf(text).join("\n")).toMatch(words);
});
