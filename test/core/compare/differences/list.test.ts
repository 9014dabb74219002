import { describe, expect, test } from "vitest";
import { bodies } from "./bodies.ts";

const people = (...ids: readonly number[]): unknown => ids.map((id) => ({ id, name: `n${id}`, team: "a" }));

describe("lists whose elements have an identity", () => {
  test.each<[string, unknown, unknown, readonly string[]]>([
    ["one put in front", people(1, 2, 3), people(9, 1, 2, 3), ["extra $[0] item"]],
    ["one put in the middle", people(1, 2, 3), people(1, 9, 2, 3), ["extra $[1] item"]],
    ["one dropped", people(1, 2, 3), people(1, 3), ["missing $[1] item"]],
    ["one doubled", people(1, 2, 3), people(1, 2, 2, 3), ["duplicated $[2] item"]],
    ["one dropped and one doubled", people(1, 2, 3), people(1, 1, 3), ["missing $[1] item", "duplicated $[1] item"]],
    ["one moved", people(1, 2, 3), people(2, 3, 1), ["order $ sorted"]],
    ["one exchanged", people(1, 2, 3), people(1, 4, 3), ["missing $[1] item", "extra $[1] item"]],
    ["all gone", people(1, 2), [], ["value $"]],
    ["some where there were none", [], people(1), ["extra $[0] item"]],
    [
      "one changed inside and moved",
      [{ id: "q" }, { id: "a", n: 1 }, { id: "m" }],
      [{ id: "a", n: 2 }, { id: "q" }, { id: "m" }],
      ["order $", "value $[1].n"],
    ],
    [
      "a field lost that others have",
      [
        { id: 1, n: 1 },
        { id: 2, n: 1 },
      ],
      [{ id: 1 }, { id: 2, n: 1 }],
      ["missing $[0].n"],
    ],
    [
      "a field lost that only some have",
      [{ id: 1, n: 1 }, { id: 2 }, { id: 3, n: 4 }],
      [{ id: 1 }, { id: 2 }, { id: 3, n: 4 }],
      ["missing $[0].n optional"],
    ],
    [
      "a list inside an element",
      [
        { id: 1, l: people(1, 2) },
        { id: 2, l: [] },
      ],
      [
        { id: 2, l: [] },
        { id: 1, l: people(2) },
      ],
      ["order $ sorted", "missing $[0].l[0] item"],
    ],
  ])("%s", (_, reference, shadow, expected) => {
    expect(bodies(reference, shadow)).toEqual(expected);
  });
});

describe("lists of plain values", () => {
  test.each<[string, unknown, unknown, readonly string[]]>([
    ["one put in front", ["c", "a", "b"], ["x", "c", "a", "b"], ["extra $[0] item"]],
    ["one dropped", ["c", "a", "b"], ["c", "b"], ["missing $[1] item"]],
    ["one doubled", ["c", "a"], ["c", "a", "a"], ["duplicated $[2] item"]],
    [
      "one doubled in the place of another",
      ["c", "a", "b"],
      ["c", "c", "b"],
      ["missing $[1] item", "duplicated $[1] item"],
    ],
    ["numbers that became equal", [5, 7, 9], [5, 5, 9], ["value $[1]"]],
    ["one changed", ["c", "a", "b"], ["c", "x", "b"], ["value $[1]"]],
    ["one of another type", [1, 2, 3], [1, "2", 3], ["type $[1]"]],
    ["one turned null", [1, 2, 3], [1, null, 3], ["type $[1]"]],
    ["shorter and changed", [1, 2, 3], [1, 9], ["length $ item", "value $[1]"]],
    ["longer and changed", [1, 2], [1, 9, 4], ["length $ item", "value $[1]"]],
    ["another order", ["c", "a", "b"], ["b", "c", "a"], ["order $"]],
    ["a sorted one out of order", [1, 2, 3], [2, 1, 3], ["order $ sorted"]],
    ["equal in other notation", [1, 2.5], ["x"].length === 1 ? "[1.0, 25e-1]" : [], []],
  ])("%s", (_, reference, shadow, expected) => {
    expect(bodies(reference, shadow)).toEqual(expected);
  });
});

describe("lists of lists", () => {
  test.each<[string, unknown, unknown, readonly string[]]>([
    [
      "a cell changed",
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [3, 5],
      ],
      ["value $[1][1]"],
    ],
    [
      "a row put in front",
      [
        [1, 2],
        [3, 4],
      ],
      [
        [0, 0],
        [1, 2],
        [3, 4],
      ],
      ["extra $[0] item"],
    ],
    [
      "a row dropped",
      [
        [1, 2],
        [3, 4],
      ],
      [[3, 4]],
      ["missing $[0] item"],
    ],
    [
      "a row emptied",
      [
        [1, 2],
        [3, 4],
      ],
      [[1, 2], []],
      ["value $[1]"],
    ],
  ])("%s", (_, reference, shadow, expected) => {
    expect(bodies(reference, shadow)).toEqual(expected);
  });
});

describe("lists that were cut at the capture limit", () => {
  const cut = { truncated: true };
  test.each<[string, string, string, readonly string[]]>([
    ["the end is nobody's difference", '[{"id":1},{"id":2},{"id', '[{"id":1},{"i', []],
    ["what both have is compared", '[{"id":1,"a":1},{"id":2', '[{"id":1,"a":2},{"id":2', ["value $[0].a"]],
    ["one put in front", '[{"id":1},{"id":2},{"id":3},{"i', '[{"id":9},{"id":1},{"id":2},{"i', ["extra $[0] item"]],
    ["one dropped", '[{"id":1},{"id":2},{"id":3},{"i', '[{"id":1},{"id":3},{"id":4},{"i', ["missing $[1] item"]],
    ["nothing in common", '[{"id":1},{"id":2},{"i', '[{"id":8},{"id":9},{"i', ["value $[0].id", "value $[1].id"]],
  ])("%s", (_, reference, shadow, expected) => {
    expect(bodies(reference, shadow, cut)).toEqual(expected);
  });
});
