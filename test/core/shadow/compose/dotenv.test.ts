import { describe, expect, test } from "vitest";
import { readEnv, readRawEnv } from "../../../../core/shadow/compose/dotenv.ts";

const outside = (name: string): string | undefined => (name === "OUT" ? "out" : undefined);

function values(text: string): Readonly<Record<string, string>> {
  const read = readEnv(text, outside);
  if (!read.ok) throw new Error(read.fault.message);
  return Object.fromEntries(read.values);
}

describe("a file of variables", () => {
  test.each([
    ["A=1\nB=two words  \n", { A: "1", B: "two words" }],
    ["# comment\n\n  A = 1 # more\nB=x#y", { A: "1", B: "x#y" }],
    ["export A=1\nexport\tB=2", { A: "1", B: "2" }],
    ["A: 1\nB:2", { A: "1", B: "2" }],
    ["A='$OUT \\n' # c", { A: "$OUT \\n" }],
    ['A="$OUT\\t\\"x\\" # in" # out', { A: 'out\t"x" # in' }],
    ['A="two\nlines"\nB=1', { A: "two\nlines", B: "1" }],
    ["A='it\\'s'", { A: "it's" }],
    ["A=a\nB=$A-${OUT}-${C:-c}", { A: "a", B: "a-out-c" }],
    ['A="\\$OUT"\nB=$$OUT', { A: "$OUT", B: "$OUT" }],
    ["A=$(id)\nB=`id`", { A: "$(id)", B: "`id`" }],
    ["OUT\nNONE\nA=1", { OUT: "out", A: "1" }],
    ["A=1\nA=2", { A: "2" }],
    ["OUT=in\nB=$OUT", { OUT: "in", B: "out" }],
    ["A=\r\nB=x\r\n", { A: "", B: "x" }],
    ["a.b-c=1", { "a.b-c": "1" }],
    ["\uFEFFA=1", { A: "1" }],
  ])("%j holds %j", (text, expected) => expect(values(text)).toEqual(expected));

  test.each([
    ["A=1\nB C=2", 2],
    ["A=1\n\nB='open", 3],
    ["A(=1", 1],
    ["=1", 1],
    ["A=${B:?}", 1],
  ])("%j is refused at line %i", (text, line) => {
    expect(readEnv(text, outside)).toMatchObject({ ok: false, fault: { line } });
  });

  test("of 100,000 lines is read in no time, or refused", () => {
    const before = performance.now();
    expect(readEnv(`A=xx\n${"A=$A$A\n".repeat(30_000)}`, outside).ok).toBe(false);
    expect(readEnv(`A="${"\\\\n".repeat(50_000)}"`, outside).ok).toBe(true);
    expect(readEnv(`A="${"$".repeat(30_000)}`, outside).ok).toBe(false);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});

describe("a raw file of variables", () => {
  test("keeps values as they are", () => {
    const read = readRawEnv('# c\nA="q" $OUT # x\n  B=\nOUT\n', outside);
    expect(read.ok && Object.fromEntries(read.values)).toEqual({ A: '"q" $OUT # x', B: "", OUT: "out" });
    expect(readRawEnv("A B=1", outside)).toMatchObject({ ok: false, fault: { line: 1 } });
  });
});
