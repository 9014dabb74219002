import { describe, expect, test } from "vitest";
import { notesOnWeb, webIn } from "./repository.ts";

const FILES = { ".env": "OUT=out\nTWICE=env\n", "a.env": "A=a\nREF=$OUT-$B\nTWICE=file\n", "b.env": "B=b\nA=later\n" };

describe("variables of a service", () => {
  test.each([
    [
      "environment: {A: 1, B: true, C: 1.50, D: '', E: text, F: 0777}",
      { A: "1", B: "true", C: "1.5", D: "", E: "text", F: "511" },
    ],
    ["environment: [A=1, 'B=x=y', C=, OUT, NONE]", { A: "1", B: "x=y", C: "", OUT: "out" }],
    ["environment: {OUT: , NONE: null}", { OUT: "out" }],
    ["env_file: a.env", { A: "a", REF: "out-", TWICE: "file" }],
    ["env_file: [a.env, b.env]", { A: "later", B: "b", REF: "out-", TWICE: "file" }],
    ["env_file: [{path: a.env}, {path: none.env, required: false}]", { A: "a", REF: "out-", TWICE: "file" }],
    ["env_file: [{path: a.env, format: raw}]", { A: "a", REF: "$OUT-$B", TWICE: "file" }],
    ["env_file: a.env\nenvironment: {B: own, A: own}", { A: "own", B: "own", REF: "out-own", TWICE: "file" }],
    ["env_file: a.env\nenvironment: [TWICE, A]", { REF: "out-", TWICE: "env" }],
  ])("%s", (keys, expected) => expect(webIn(keys, FILES).environment).toEqual(expected));

  test.each([
    ["env_file: none.env", "missing-file"],
    ["env_file: ../a.env", "path-outside"],
    ["env_file: [{path: a.env, format: yaml}]", "env-file"],
    ["env_file: bad.env", "env-file"],
    ["env_file: zero.env", "missing-file"],
    ["environment: {'a b': c}", "variable-name"],
    ["environment: ['=x']", "variable-name"],
    ["environment: {A: '${OUT:?}${NONE:?because}'}", "variable-required"],
  ])("%s is refused", (keys, code) => {
    const files = { ...FILES, "bad.env": "A=1\nB='open\n", "zero.env": "A=\u0000" };
    const refused = notesOnWeb(keys, files).filter(({ effect }) => effect === "refused");
    expect(refused.map((note) => note.code)).toEqual([code]);
  });

  test("that are not set are said, once each", () => {
    expect(notesOnWeb("environment: {A: $NONE, B: '${NONE:-x}'}\ncommand: [$NONE]")).toMatchObject([
      { code: "unset-variable", effect: "adjusted", line: 4 },
      { code: "unset-variable", effect: "adjusted", line: 5 },
    ]);
    expect(notesOnWeb("environment: [NONE]")).toMatchObject([{ code: "unset-variable", effect: "dropped" }]);
  });

  test("with names of objects are variables like others", () => {
    const { environment } = webIn("environment: [__proto__=a, constructor=b]");
    expect(Object.entries(environment)).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
  });
});
