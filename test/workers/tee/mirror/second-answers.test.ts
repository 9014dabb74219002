import { expect, test } from "vitest";
import type { RoutedTarget } from "../../../../core/wire/target.ts";
import { secondAnswersFor } from "../../../../workers/tee/mirror/second-answers.ts";
import { routed } from "../routing/routed.ts";

const withBase = (againShare: number, changes: Partial<RoutedTarget> = {}) =>
  routed(changes, { base: { origin: "http://base.test", deploymentId: "7-0-base00000000", againShare } });
const always = () => 0;

test("production is asked again by its share, while there is room", () => {
  const one = routed({ controlShare: 0.5 });
  expect(secondAnswersFor("GET", [one], () => 0.49).control).toBe(true);
  expect(secondAnswersFor("GET", [one], () => 0.5).control).toBe(false);
  expect(secondAnswersFor("GET", [one, one, one], always).control).toBe(false);
  expect(secondAnswersFor("GET", [routed()], always).control).toBe(false);
});

test("a base stack's second answer comes before production's", () => {
  const target = withBase(0.5, { controlShare: 1 });
  expect(secondAnswersFor("GET", [target], always)).toEqual({ control: false, baseAgain: new Set([target]) });
  expect(secondAnswersFor("GET", [target], () => 0.7)).toEqual({ control: true, baseAgain: new Set() });
  expect(secondAnswersFor("GET", [target, routed()], always)).toEqual({ control: false, baseAgain: new Set() });
});

test("what changes something is never asked twice", () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
    expect(secondAnswersFor(method, [withBase(1, { controlShare: 1 })], always)).toEqual({
      control: false,
      baseAgain: new Set(),
    });
});
