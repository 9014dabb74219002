/** The cheap look before a syntax tree is made: it never says no to a text in which a parser finds the word. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factsOf } from "../../../cli/governance/source/facts.ts";
import { longestPart, mentions, mentionsFitting } from "../../../core/governance/mentions.ts";
import { fileAt } from "./given.ts";

const says = (path: string, text: string): boolean => mentions(fileAt(path, { text }), ["torch", "@scope/x"]);

describe("a file", () => {
  test.each([
    ["a.py", "import torch\n"],
    ["a.ts", 'import x from "@scope/x";\n'],
    ["a.ts", String.raw`await import("\x74orch");`],
    ["a.ts", String.raw`await import("\u0074orch");`],
    ["a.ts", String.raw`await import("torc\h");`],
    ["a.ts", 'await import("tor\\\nch");'],
    ["a.py", String.raw`__import__("\164orch")`],
    ["a.py", '__import__("tor" "ch")'],
    ["a.py", '__import__("tor""ch")'],
    ["a.py", `__import__("tor" r'ch')`],
    ["a.py", '__import__("""tor""" "ch")'],
    ["a.py", '__import__("tor"  # a comment\n  "ch")'],
    ["a.py", "import \uff54\uff4f\uff52\uff43\uff48\n"],
    ["a.ipynb", '{"cells": [{"source": ["import tor", "ch"]}]}'],
  ])("%s may say it: %s", (path, text) => {
    expect(says(path, text)).toBe(true);
  });

  test.each([
    ["a.py", 'import json\n\nVALUE = {"a": "b", "c": ""}\nprint("x\\n", \'y\')\n'],
    ["a.py", '"""A page."""\n\n\ndef f():\n    """Do."""\n    return "a" + "b"\n'],
    ["a.ts", 'import x from "./tor.ts";\nconst y = "ch".split(/\\./);\n'],
    ["a.py", ""],
  ])("%s does not: %s", (path, text) => {
    expect(says(path, text)).toBe(false);
  });

  test("without a text says nothing, and an empty word is said by every other", () => {
    expect(mentions(fileAt("a.py", { text: null }), [""])).toBe(false);
    expect(mentions(fileAt("a.py"), [""])).toBe(true);
    expect(mentions(fileAt("a.py", { text: "x" }), [])).toBe(false);
  });

  test("holds a name with a gap only where it holds all its parts", () => {
    const fits = (text: string) => mentionsFitting(fileAt("a.py", { text }), ["*Shadow*Stats", "Exact"]);
    expect(["class Stats: pass", "class MyShadowStats: pass", "Exact"].map(fits)).toEqual([false, true, true]);
  });
});

test("whatever way Python writes an import, the look sees it", () => {
  const quoted = fc.constantFrom(`"`, `'`, `"""`, "'''");
  const gap = fc.constantFrom(" ", "", "  # x\n  ", "\n  ", " \\\n ");
  const prefix = fc.constantFrom("", "r", "u", "R");
  const parts = fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 })).map(([a, b]) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    return ["torch".slice(0, from), "torch".slice(from, to), "torch".slice(to)].filter((part) => part !== "");
  });
  fc.assert(
    fc.property(parts, quoted, fc.array(gap, { minLength: 3, maxLength: 3 }), prefix, (pieces, quote, gaps, letter) => {
      const written = pieces.map((piece, n) => `${letter}${quote}${piece}${quote}${gaps[n] ?? ""}`).join("");
      const text = `(__import__(\n${written}))\n`;
      const found = factsOf("a.py", text)?.imports.some(({ module }) => module === "torch") === true;
      return !found || says("a.py", text);
    }),
  );
});

test("the longest part of a name is what everybody writes who uses it", () => {
  expect(
    ["joblib.load", ".predict", "numpy.load(allow_pickle=True)", "@tensorflow/*"].map((name) => longestPart(name)),
  ).toEqual(["joblib", "predict", "numpy", "@tensorflow/"]);
  expect(longestPart("*Shadow*Response", /\*/)).toBe("Response");
});
