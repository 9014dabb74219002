/** The published schema is the one the program reads by. `vitest -u` on this file writes it anew. */
import { Validator } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { publishedSchema } from "../../../core/config/json-schema.ts";

test("docs/schema/shadow-infra.schema.json is up to date", async () => {
  await expect(publishedSchema()).toMatchFileSnapshot("../../../docs/schema/shadow-infra.schema.json");
});

test("editors are told of unknown keys and wrong values by it", () => {
  const validator = new Validator(JSON.parse(publishedSchema()), "2020-12");
  expect(validator.validate({ version: 1, routes: [{ match: "GET /v1/**" }] }).valid).toBe(true);
  expect(validator.validate({ rout: [] }).valid).toBe(false);
  expect(validator.validate({ gate: { min_pairs: "many" } }).valid).toBe(false);
});
