/** Sketches as they lie in columns: what is read as one, held against the schema that would be written for it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { workerModule } from "../worker-module.ts";

interface Module {
  readonly BucketsSchema: z.ZodType;
}

const { BucketsSchema } = await workerModule<Module>("store/buckets.ts");

test.each([[{}], [{ 12: 3, "-4": 1 }]])("%j is a sketch", (value) => {
  expect(BucketsSchema.parse(value)).toEqual(value);
});

test.each([[null], [[]], ["{}"], [7], [{ 12: "3" }], [{ 12: null }], [{ 12: { n: 1 } }]])("%j is none", (value) => {
  expect(BucketsSchema.safeParse(value).success).toBe(false);
});

test("of all JSON it takes what a record of numbers takes", () => {
  const plain = z.record(z.string(), z.number());
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(BucketsSchema.safeParse(value).success).toBe(plain.safeParse(value).success);
    }),
  );
});
