/** Facts of source files: what no check's own test shows, and text that is broken, hostile or huge. */
import { describe, expect, test } from "vitest";
import { factsOf } from "../../../../cli/governance/source/facts.ts";

function read(path: string, text: string) {
  const facts = factsOf(path, text);
  if (facts === null) throw new Error(`${path} is not read`);
  return facts;
}
const callees = (path: string, text: string) => read(path, text).calls.map(({ callee }) => callee);

describe("callees", () => {
  test.each([
    ["a.ts", 'import * as j from "joblib"; j.load(1)', ["joblib.load"]],
    ["a.ts", 'import j from "joblib"; j.a?.b!["c"](1)', ["joblib.a.b.c"]],
    ["a.ts", 'const { load: l, ...rest } = require("joblib"); l(1)', ["require", "joblib.load"]],
    ["a.ts", '(await import("node:crypto")).createHash("x")', ["crypto.createHash"]],
    [
      "a.ts",
      "(0, client.messages.create)(1); get().predict(1); this.model.predict(1); a[i].predict(1)",
      ["client.messages.create", ".predict", "get", "this.model.predict", ".predict"],
    ],
    ["a.ts", 'import { X } from "p"; new X().run(); new X.Y()', [".run", "p.X", "p.X.Y"]],
    ["a.py", "import numpy as np, os.path\nnp.load(1); os.path.join(1)", ["numpy.load", "os.path.join"]],
    ["a.py", "from .m import f as g\ng(1); h = g\nh(2)", [".m.f", ".m.f"]],
    ["a.py", "models['a'].predict(1); f()(2); (await x.y()).z()", ["models.a.predict", "f", ".z", "x.y"]],
  ])("%s: %s", (path, text, expected) => {
    expect(callees(path, text)).toEqual(expected);
  });
});

test("arguments are the literals in order, then those with names; constants of the file are looked up", () => {
  expect(
    read("a.ts", 'const ALG = "md5"; f(ALG, x, `t`, 1, { alg: ["a", "b"], hash: { name: ALG } })').calls[0]?.args,
  ).toEqual(["md5", null, "t", "1", null, "alg=a", "alg=b", "name=md5"]);
  expect(read("a.py", "ALG = 'md5'\nf(ALG, x, *y, k=True, algs=['a', 'b'], **{'c': 1})").calls[0]?.args).toEqual([
    "md5",
    null,
    null,
    "k=True",
    "algs=a",
    "algs=b",
    "c=1",
  ]);
});

test("strings of Python are read with their prefixes, quotes, escapes and joints", () => {
  const text = String.raw`f("a\x62\n", r"a\d", '''q''', b"z", "a" "b", f"c", f"{x}")`;
  expect(read("a.py", text).calls[0]?.args).toEqual(["ab\n", String.raw`a\d`, "q", "z", "ab", "c", null]);
});

test("places are lines and columns of the file, also after wide characters and CRLF", () => {
  expect(read("a.ts", '// é 😀\r\nconst a = 1; import "b";').imports).toMatchObject([{ line: 2, column: 14 }]);
  expect(read("a.py", "# é 😀\r\nx = 1; import b").imports).toMatchObject([{ line: 2, column: 8 }]);
  expect(read("a.py", "\uFEFFimport b").imports).toMatchObject([{ module: "b", line: 1 }]);
});

test("a notebook's places are the lines of its file, and what is no Python in it is left out", () => {
  const cells = [
    { cell_type: "markdown", source: ["import no\n"] },
    { cell_type: "code", source: ["%pip install x\n", "!ls\n", "import os\n", "import torch"] },
    { cell_type: "code", source: "%%bash\nimport no" },
    { cell_type: "code", source: ["import torch\n", "f?"] },
  ];
  const file = JSON.stringify({ cells, metadata: {} }, null, 1);
  const { imports, unparsed } = read("a.ipynb", file);
  const lines = file.split("\n");
  expect(imports.map(({ module, line }) => [module, lines[line - 1]?.includes(module)])).toEqual([
    ["os", true],
    ["torch", true],
    ["torch", true],
  ]);
  expect(imports[1]?.line).not.toBe(imports[2]?.line);
  expect(unparsed).toBeNull();
  expect(factsOf("a.ipynb", JSON.stringify({ cells, metadata: { language_info: { name: "julia" } } }))).toBeNull();
  expect(factsOf("a.ipynb", "{")).toBeNull();
});

test("other languages are not read", () => {
  for (const path of ["a.go", "a.vue", "a.svelte", "a.json", "README", ".ts/a", "a.ts.txt"])
    expect(factsOf(path, "import x")).toBeNull();
});

describe("broken text keeps what can be read, and says where it could not", () => {
  test.each([
    ["a.py", "import a\nx = = 1\nimport b", ["a", "b"]],
    ["a.py", "import a\ndef f(:\n  pass", ["a"]],
    ["a.ipynb", JSON.stringify({ cells: [{ cell_type: "code", source: "import a\n)" }] }), ["a"]],
  ])("%s: %s", (path, text, modules) => {
    const { imports, unparsed } = read(path, text);
    expect(imports.map(({ module }) => module)).toEqual(modules);
    expect(unparsed).not.toBeNull();
  });

  test.each(["import { a } from 'b'; const = 1;", "<<<<<<< HEAD\nimport 'a';\n=======", "class {"])(
    "a.ts: %s",
    (text) => {
      expect(read("a.ts", text).unparsed).not.toBeNull();
    },
  );

  test("a bare yield and a number that ends in its point are not broken", () => {
    expect(read("a.py", "def f():\n    yield\n    x = 20.\n").unparsed).toBeNull();
  });
});

test("scripts that are no modules are read, and types in the ending that has them", () => {
  expect(read("a.cjs", "with (a) { require('b') }").imports).toMatchObject([{ module: "b" }]);
  expect(read("a.js", "const a = <p>{1}</p>; await import('b')").imports).toMatchObject([{ module: "b" }]);
  expect(read("a.mts", "const a = <T>(b: T) => <any>b; import 'c'").imports).toMatchObject([{ module: "c" }]);
});

/** What would end the native parser goes to a process of its own; each costs a start. */
describe("text that nests without end neither ends the process nor hangs it", () => {
  test.each([
    ["a.ts", "[", 50_000],
    ["a.ts", "x=>\n", 20_000],
    ["a.py", "(", 20_000],
    ["a.py", "f(", 20_000],
    ["a.py", "{'a':1,", 10_000],
  ])("%s: %j, %i times", (path, part, times) => {
    expect(factsOf(path, part.repeat(times))?.unparsed).not.toBeNull();
  });

  test("deep text that is sound is read all the same", () => {
    const deep = `import "torch";\nconst a = ${"[".repeat(400)}${"]".repeat(400)};`;
    expect(read("a.ts", deep)).toMatchObject({ imports: [{ module: "torch" }], unparsed: null });
  });
});
