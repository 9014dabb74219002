import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CONTRACT_RULES, DIFFERENCE_RULES, PAIR_RULES } from "../../../../core/compare/rules/catalogue.ts";
import { rulesPage } from "../../../../core/compare/rules/page.ts";

const page = readFileSync(new URL("../../../../docs/rules.md", import.meta.url), "utf8");

it("docs/rules.md says what the catalogue says: npm run docs:rules", () => {
  expect(page).toBe(rulesPage());
});

it.each([...PAIR_RULES.flat(), ...DIFFERENCE_RULES, ...CONTRACT_RULES])(
  "$id says why it matters and gives an example",
  ({ why, example }) => {
    expect(why).toMatch(/^[A-Z].*\.$/);
    expect(example).toMatch(/[^.]$/);
  },
);
