import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonRows } from "../../../../pages/src/pair/align/json-rows.ts";
import { jsonTree } from "../../../../pages/src/pair/align/json-tree.ts";

function rows(left: unknown, right: unknown) {
  const [l, r] = [jsonTree(JSON.stringify(left)), jsonTree(JSON.stringify(right))];
  if (l === null || r === null) throw new Error("the case is no JSON");
  return jsonRows(l, r);
}

/** The rows that differ as `mark path left | right`. */
function marked(left: unknown, right: unknown): readonly string[] {
  return rows(left, right)
    .filter((row) => row.mark !== "same")
    .map((row) => `${row.mark} ${row.path} ${row.left} | ${row.right}`);
}

describe("jsonRows", () => {
  it("marks nothing where both are equal, whatever they are", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(marked(value, value)).toEqual([]);
      }),
    );
  });

  it("shows every line of both sides, whatever differs", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        const both = rows(left, right);
        const missingLeft = both.every((row) => row.left === null);
        const missingRight = both.every((row) => row.right === null);
        expect([missingLeft, missingRight]).toEqual([false, false]);
      }),
    );
  });

  it("marks a changed value, a changed type and a value turned null", () => {
    expect(marked({ a: 1, b: 2, c: "x" }, { a: 3, b: "2", c: null })).toEqual([
      'changed $.a "a": 1 | "a": 3',
      'type $.b "b": 2 | "b": "2"',
      'type $.c "c": "x" | "c": null',
    ]);
  });

  it("shows a missing and an extra member on their own side, with all their lines", () => {
    expect(marked({ a: { b: 1 } }, { "x y": [2] })).toEqual([
      'missing $.a "a": { | null',
      'missing $.a.b "b": 1 | null',
      "missing $.a } | null",
      'extra $["x y"] null | "x y": [',
      'extra $["x y"][0] null | 2',
      'extra $["x y"] null | ]',
    ]);
  });

  it("shows a dropped element as one, not as a change of all that follow", () => {
    const list = ["a", "b", "c", "d"].map((name, at) => ({ name, at }));
    const dropped = list.filter((item) => item.name !== "b");
    expect(marked(list, dropped).map((line) => line.split(" ", 2).join(" "))).toEqual([
      "missing $[1]",
      "missing $[1].name",
      "missing $[1].at",
      "missing $[1]",
    ]);
  });

  it("finds the element a changed one was, beside a dropped one", () => {
    const left = [
      { name: "a", at: 1, price: 1 },
      { name: "b", at: 2, price: 2 },
    ];
    expect(marked(left, [{ name: "b", at: 2, price: 9 }])).toContain('changed $[1].price "price": 2 | "price": 9');
  });

  it("says that a shuffled list has another order, and no more", () => {
    expect(marked({ t: ["a", "b", "c"] }, { t: ["c", "a", "b"] })).toEqual(['order $.t "t": [ | "t": [']);
  });

  it("shows a list beside an object line by line, as a change of type", () => {
    expect(marked([1], {})).toEqual(["type $ [ | {}", "missing $[0] 1 | null", "missing $ ] | null"]);
  });
});
