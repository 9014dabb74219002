/** A thousand secrets for each change; five times as many in `test/canaries/survivors.test.ts`. */
import { describe, expect, test } from "vitest";
import { CARRIERS } from "../../canaries/carriers.ts";
import { publishedFormats } from "../../canaries/formats.ts";
import { spelledSecrets, survivorsIn } from "../../canaries/survivors.ts";

const MADE = spelledSecrets(1_000);

test("the formats come from a list of others, and there are many", () => {
  expect(publishedFormats().length).toBeGreaterThan(25);
  expect(new Set(MADE.map(({ kind }) => kind)).size).toBeGreaterThan(30);
  expect(new Set(MADE.map(({ text }) => text)).size).toBeGreaterThan(980);
});

describe("of 1,000 secrets none survives in any spelling", () => {
  test.each(Object.entries(CARRIERS))("in %s", (_, carry) => {
    expect(survivorsIn(carry, MADE)).toEqual([]);
  });
});
