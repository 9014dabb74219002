import { describe, expect, it, test } from "vitest";
import { answerDifferences, extractDiffs } from "../../../core/compare/extract.ts";
import type { Answer } from "../../../core/pair/pair.ts";
import { openCase } from "../../../core/verdict/open.ts";
import { answer, pairOf } from "../pair/builder.ts";

const dead = { failed: "timeout", latencyMs: 9 } as const;

function paths(reference: Answer, shadow: Answer, method = "GET"): readonly string[] {
  return answerDifferences(reference, shadow, { method }).map(({ kind, path }) => `${kind} ${path}`);
}

describe("two answers", () => {
  const cors = { "access-control-allow-origin": "*", "x-a": "1" };
  test.each<[string, Answer, Answer, readonly string[]]>([
    [
      "are compared by headers and bodies",
      answer({ a: 1 }, { headers: { "x-a": "1" } }),
      answer({ a: 2 }),
      ["missing header:x-a", "value $.a"],
    ],
    ["of one class of status as well", answer({ a: 1 }), answer({ a: 2 }, { status: 201 }), ["value $.a"]],
    [
      "both errors of one class as well",
      answer({ a: 1 }, { status: 404 }),
      answer({ a: 2 }, { status: 400 }),
      ["value $.a"],
    ],
    [
      "of different classes only by what outlives the status",
      answer({ a: 1 }, { headers: cors }),
      answer({ b: 2 }, { status: 500 }),
      ["missing header:access-control-allow-origin"],
    ],
    [
      "that redirect not by their bodies",
      answer("a", { status: 302, headers: { location: "/a" } }),
      answer("b", { status: 302, headers: { location: "/b" } }),
      ["value header:location"],
    ],
  ])("%s", (_, reference, shadow, expected) => {
    expect(paths(reference, shadow)).toEqual(expected);
  });

  it("to HEAD have no bodies to compare", () => {
    expect(paths(answer({ a: 1 }), answer({ a: 2 }), "HEAD")).toEqual([]);
  });
});

describe("the differences of a case", () => {
  const found = (pair: Parameters<typeof openCase>[0]): readonly string[] =>
    extractDiffs(openCase(pair)).differences.map(({ path }) => path);

  it("are those of the shadow against production", () => {
    expect(found(pairOf({ prod: answer({ a: 1 }), shadow: answer({ a: 2 }) }))).toEqual(["$.a"]);
  });

  it("are those against the base stack where it answered", () => {
    const pair = pairOf({ prod: answer({ a: 1 }), base: answer({ a: 2 }), shadow: answer({ a: 2 }) });
    expect(found(pair)).toEqual([]);
    expect(found({ ...pair, base: dead })).toEqual(["$.a"]);
  });

  it("are none where a side gave no answer or the case is settled", () => {
    const pair = pairOf({ prod: answer({ a: 1 }), shadow: answer({ a: 2 }) });
    expect(found({ ...pair, shadow: dead })).toEqual([]);
    expect(found({ ...pair, prod: dead })).toEqual([]);
    expect(extractDiffs({ ...openCase(pair), settled: true }).differences).toEqual([]);
  });
});
