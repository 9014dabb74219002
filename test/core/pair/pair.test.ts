import { expect, it, test } from "vitest";
import { answered, referenceOf } from "../../../core/pair/pair.ts";
import { answer, pairOf } from "./builder.ts";

const dead = { failed: "dns", latencyMs: 9 } as const;

test.each([
  [answer({}), true],
  [dead, false],
  [undefined, false],
])("%j has answered: %s", (side, expected) => {
  expect(answered(side)).toBe(expected);
});

it("refers to the base stack where it answered, otherwise to production", () => {
  const pair = pairOf({ prod: answer("prod"), shadow: answer("shadow") });
  const base = answer("base");
  expect(referenceOf(pair)).toBe(pair.prod);
  expect(referenceOf({ ...pair, base })).toBe(base);
  expect(referenceOf({ ...pair, base: dead })).toBe(pair.prod);
});
