/** The published schema is the one the program reads by. `vitest -u` on this file writes it anew. */
import { Validator } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { defaultGovernance } from "../../../core/governance/defaults.ts";
import { publishedGovernanceSchema } from "../../../core/governance/json-schema.ts";

test("docs/schema/governance.schema.json is up to date", async () => {
  await expect(publishedGovernanceSchema()).toMatchFileSnapshot("../../../docs/schema/governance.schema.json");
});

test("editors are told of unknown keys and wrong values by it", () => {
  const validator = new Validator(JSON.parse(publishedGovernanceSchema()), "2020-12");
  const file = { ...defaultGovernance("node"), $schema: "https://example.com/governance.schema.json" };
  expect(validator.validate(file).errors).toEqual([]);
  expect(validator.validate({ ...file, rule: [] }).valid).toBe(false);
  expect(validator.validate({ ...file, rules: [{ ...file.rules[0], severity: "Critical" }] }).valid).toBe(false);
});
