/** Sound rules files are read without their places; anything else is left to the reader that knows them. */
import { expect, test } from "vitest";
import { defaultGovernance } from "../../../core/governance/defaults.ts";
import { parseRules } from "../../../core/governance/parse.ts";
import { plainRules } from "../../../core/governance/plain-rules.ts";

const DEFAULT = JSON.stringify(defaultGovernance("node"));

test.each(["", "\u{feff}"])("a sound file is read as it was written (begins with %j)", (mark) => {
  expect(plainRules(mark + DEFAULT)?.file.rules).toHaveLength(12);
});

test.each([
  ["what is no JSON", "rules: []"],
  ["a key that stands twice", DEFAULT.replace('"id":2', '"id":2,"id":2')],
  ["an id that stands twice", DEFAULT.replace('"id":2', '"id":1')],
  ["an unknown key", DEFAULT.replace('"id":2', '"id":2,"enforcment":"WARN"')],
  ["a file that is too long", `${DEFAULT}${" ".repeat(1_000_000)}`],
])("%s is left to the reader that names places", (_, text) => {
  expect(plainRules(text)).toBeNull();
  expect(parseRules(text).ok).toBe(false);
});
