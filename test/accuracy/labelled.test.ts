/** The labelled pairs are well formed, cover the whole policy, and the frozen set is the one that was frozen. */
import { expect, test } from "vitest";
import { pairsOf, SETS, serversOf, thawedFiles } from "./labelled.ts";
import { POLICY_LINES, verdictOf } from "./policy.ts";

/** Fewer would not say much about a share of 1 %. */
const MIN_PAIRS = 300;

/** Lines with cases of one set only: what they say stands in the other under a line of its own. */
const NOT_IN: Readonly<Record<string, readonly string[]>> = { tuned: [], "held-out": [] };

const all = SETS.flatMap((set) => serversOf(set).flatMap((server) => pairsOf(set, server)));

test("the held-out files are the bytes that were frozen", () => {
  expect(thawedFiles()).toEqual([]);
});

test(`there are ${MIN_PAIRS} pairs or more, each with an id of its own`, () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(MIN_PAIRS);
});

test("no server gives pairs to both sets", () => {
  expect(serversOf("tuned").filter((server) => serversOf("held-out").includes(server))).toEqual([]);
});

test.each(SETS)("every line of the policy has pairs in the %s set", (set) => {
  const covered = new Set(all.filter((pair) => pair.set === set).map(({ label }) => label.line));
  const missing = Object.keys(POLICY_LINES).filter((line) => ![...covered].some((one) => one === line));
  expect(missing).toEqual(NOT_IN[set]);
});

test("the verdict of each label is the one its policy line asks for", () => {
  expect(all.filter(({ label }) => label.verdict !== verdictOf(label.line)).map(({ id }) => id)).toEqual([]);
});

test("a fair share of the pairs is Safe, Warning and Critical", () => {
  const share = (verdict: string): number => all.filter(({ label }) => label.verdict === verdict).length / all.length;
  expect(share("Safe")).toBeGreaterThan(0.35);
  expect(share("Warning")).toBeGreaterThan(0.15);
  expect(share("Critical")).toBeGreaterThan(0.3);
});

test("the judge never sees a label", () => {
  expect(all.filter(({ line }) => line.includes('"label":{"verdict"')).map(({ id }) => id)).toEqual([]);
});
