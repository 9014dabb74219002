/** Imports of Python in every spelling, and what names stand for because of them. */
import { describe, expect, test } from "vitest";
import { placesIn } from "../../../../../cli/governance/source/places.ts";
import { type PyText, pyImports, pyNames } from "../../../../../cli/governance/source/python/imports.ts";
import { pythonTree } from "../../../../../cli/governance/source/python/tree.ts";

function sourceOf(text: string): PyText {
  return { nodes: pythonTree(text).nodes, text, placeAt: placesIn(text) };
}

function imports(text: string) {
  const source = sourceOf(text);
  return pyImports(source, pyNames(source));
}

describe("imports", () => {
  test.each([
    [
      "import a.b as c, d",
      [
        ["a.b", []],
        ["d", []],
      ],
    ],
    ["from a.b import c as d, e", [["a.b", ["c", "e"]]]],
    ["from ..a import (\n  b,\n  c as d,\n)", [["..a", ["b", "c"]]]],
    ["from . import a", [[".", ["a"]]]],
    ["from a import *", [["a", ["*"]]]],
    ["# import a\n'import b'", []],
  ])("%j", (text, expected) => {
    expect(imports(text).map(({ module, names }) => [module, names])).toEqual(expected);
  });

  test("only what stands in the first part of an if TYPE_CHECKING is of types alone", () => {
    const text = [
      "if typing.TYPE_CHECKING:",
      "    import a",
      "else:",
      "    import b",
      "if not TYPE_CHECKING:",
      "    import c",
    ].join("\n");
    expect(imports(text).map(({ module, typeOnly, line }) => [module, typeOnly, line])).toEqual([
      ["a", true, 2],
      ["b", false, 4],
      ["c", false, 6],
    ]);
  });

  test("a module that is imported by a call is told as dynamic", () => {
    const found = imports('import importlib as i\ni.import_module("torch")');
    expect(found.map(({ module, dynamic }) => [module, dynamic])).toEqual([
      ["importlib", false],
      ["torch", true],
    ]);
  });
});

test("names follow aliases, from-imports and assignments, in the order of the text", () => {
  const names = pyNames(sourceOf("import a.b\nimport a.b as c\nfrom m import f as g\nh = g\nk = c.load"));
  expect(Object.fromEntries(names)).toEqual({
    a: { from: "a", path: [] },
    c: { from: "a.b", path: [] },
    g: { from: "m", path: ["f"] },
    h: { from: "m", path: ["f"] },
    k: { from: "a.b", path: ["load"] },
  });
});
