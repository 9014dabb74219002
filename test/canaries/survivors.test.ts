/** The same as `test/core/redact/canaries.test.ts` with five times as many secrets: too long for each change. */
import { describe, expect, test } from "vitest";
import { CARRIERS } from "./carriers.ts";
import { spelledSecrets, survivorsIn } from "./survivors.ts";

const MADE = spelledSecrets(5_000);

test("hardly one of them is made twice", () => {
  expect(new Set(MADE.map(({ text }) => text)).size).toBeGreaterThan(4_900);
});

describe("of 5,000 secrets none survives in any spelling", () => {
  test.each(Object.entries(CARRIERS))("in %s", (_, carry) => {
    expect(survivorsIn(carry, MADE)).toEqual([]);
  });
});
