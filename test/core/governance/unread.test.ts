/** Code that no rule could look into, by its name, size and the encoding that it says. */
import { expect, test } from "vitest";
import { factsOf } from "../../../cli/governance/source/facts.ts";
import { isSource, unreadHit } from "../../../core/governance/unread.ts";
import { fileAt } from "./given.ts";

test("code is what has a parser", () => {
  for (const path of [
    "a.ts",
    "a.mts",
    "a.cts",
    "a.tsx",
    "a.js",
    "a.mjs",
    "a.cjs",
    "a.jsx",
    "a.py",
    "a.pyi",
    "a.pyw",
    "a.md",
    "a.pyx",
    "ts",
  ])
    expect([path, isSource(path)]).toEqual([path, factsOf(path, "") !== null]);
  expect(isSource("a.ipynb")).toBe(true);
});

test("code that is too large is told, data is not", () => {
  expect(unreadHit(fileAt("a.js", { text: null, unread: "too-large" }))).toMatchObject({
    subject: "too-large",
    line: null,
  });
  expect(unreadHit(fileAt("a.csv", { text: null, unread: "too-large" }))).toBeNull();
  expect(unreadHit(fileAt("a.js", { text: "x" }))).toBeNull();
});

test.each<[string, string | null, string]>([
  ["the first line", "utf-7", "# coding: utf-7\n"],
  ["the second after a comment", "utf_16", "#!/usr/bin/python\n# -*- coding: utf_16 -*-\n"],
  ["the second after nothing", "hz", "\n# coding=hz\n"],
  ["the second after code says nothing", null, "x = 1\n# coding: utf-7\n"],
  ["the third says nothing", null, "#\n#\n# coding: utf-7\n"],
  ["lines that end in CR", "utf-7", "#\r# coding: utf-7\rx"],
  ["UTF-8", null, "# coding: UTF-8\n"],
  ["Latin", null, "# coding: iso_8859_15\n"],
  ["no code", null, "x = 'coding: utf-7'\n"],
])("%s: %s", (_, name, text) => {
  expect(unreadHit(fileAt("a.py", { text }))?.subject ?? null).toBe(name);
});

test("JavaScript knows no such line", () => {
  expect(unreadHit(fileAt("a.js", { text: "# coding: utf-7" }))).toBeNull();
});
