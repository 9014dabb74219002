import { describe, expect, test } from "vitest";
import { shellWords } from "../../../../core/shadow/compose/shell-words.ts";

describe("a command in one text", () => {
  test.each([
    ["npm run start", ["npm", "run", "start"]],
    ["  a\tb\nc ", ["a", "b", "c"]],
    ["sh -c 'a \"b\"' \"c 'd'\"", ["sh", "-c", 'a "b"', "c 'd'"]],
    ['a\\ b c\\"d', ["a b", 'c"d']],
    ['\'a\\b\' "a\\"b" a\\nb', ["a\\b", 'a"b', "anb"]],
    ["a '' \"\" b", ["a", "", "", "b"]],
    ["--flag='q r's", ["--flag=q rs"]],
    ["a `b c` $(d e) f", ["a", "`b c`", "$(d e)", "f"]],
    ["", []],
  ])("%j is %j", (line, words) => expect(shellWords(line)).toEqual({ ok: true, words, rest: "" }));

  test.each([
    ["npm ci && npm start", ["npm", "ci"], "&& npm start"],
    ["a; b", ["a"], "; b"],
    ["a 2> b", ["a"], "> b"],
    ["a|b", ["a"], "|b"],
  ])("%j ends where a shell would be needed", (line, words, rest) => {
    expect(shellWords(line)).toEqual({ ok: true, words, rest });
  });

  test.each(["a 'b", 'a "b', "a\\", "(a)", "a)", "$(a", "`a"])("%j does not close", (line) => {
    expect(shellWords(line)).toEqual({ ok: false });
  });
});
