import { expect, test } from "vitest";
import { selectGroups } from "../../../core/report/selection.ts";
import { NO_DECISIONS } from "../../../core/report/standing.ts";

const safe = { verdict: "Safe", signatures: "[]" } as const;
const one = { verdict: "Warning", signatures: '[["a","Warning","Safe","Critical"]]' } as const;
const two = {
  verdict: "Warning",
  signatures: '[["a","Warning","Safe","Critical"],["b","Warning","Safe","Critical"]]',
} as const;
const groups = [safe, one, two];

test("no filter means every group", () => {
  expect(selectGroups(groups, {}, NO_DECISIONS)).toEqual(groups);
});

test("a signature means the groups that show it", () => {
  expect(selectGroups(groups, { signature: "a" }, NO_DECISIONS)).toEqual([one, two]);
  expect(selectGroups(groups, { signature: "b" }, NO_DECISIONS)).toEqual([two]);
});

test("a verdict means the groups that stand there now", () => {
  const decision = { verdict: "Safe", decidedBy: "model", modelVersion: null, reasoning: "" } as const;
  const decisions = { ...NO_DECISIONS, decided: new Map([["a", decision]]) };
  expect(selectGroups(groups, { verdict: "Safe" }, decisions)).toEqual([safe, one]);
  expect(selectGroups(groups, { verdict: "Warning", signature: "a" }, decisions)).toEqual([two]);
});
