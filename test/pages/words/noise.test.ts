import { expect, test } from "vitest";
import { noiseGroups } from "../../../pages/src/words/noise.ts";
import { DRIFTS } from "../../standins/drift-data.ts";

const noise = DRIFTS.filter((drift) => drift.noise !== null);

test("noise is grouped by its kind, what second answers show first", () => {
  expect(noiseGroups(noise).map(({ words, drifts }) => [words, drifts.map(({ pattern }) => pattern)])).toEqual([
    ["Two answers of the same code differ here too", ["header:etag"]],
    ["Made anew for each answer", ["$.servedAt"]],
  ]);
});

test("rows that are older than the kinds come last", () => {
  const old = noise.map((drift, n) => (n === 0 ? { ...drift, noise: { reason: "a clock" } } : drift));
  expect(noiseGroups(old).map(({ words }) => words)).toEqual(["Two answers of the same code differ here too", "Other"]);
});
