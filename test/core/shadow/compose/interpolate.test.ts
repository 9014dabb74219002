import { describe, expect, test } from "vitest";
import { interpolate, MAX_VALUE_CHARS } from "../../../../core/shadow/compose/interpolate.ts";

const VALUES: Readonly<Record<string, string>> = { A: "a", EMPTY: "", _x1: "low", BRACES: "${A}" };
const lookup = (name: string): string | undefined => VALUES[name];

describe("a variable", () => {
  test.each([
    ["$A and ${A}", "a and a"],
    ["$Ab ${_x1}", " low"],
    ["${NONE:-x} ${EMPTY:-x} ${A:-x}", "x x a"],
    ["${NONE-x} ${EMPTY-x} ${A-x}", "x  a"],
    ["${NONE:+x} ${EMPTY:+x} ${A:+x}", "  x"],
    ["${NONE+x} ${EMPTY+x} ${A+x}", " x x"],
    ["${A:?why} ${EMPTY?why}", "a "],
    ["${NONE:-${EMPTY:-${A}b}}c", "abc"],
    ['${NONE:-{"k": 1}}', '{"k": 1}'],
    ["$$A $${A} $$$A", "$A ${A} $a"],
    ["$(id) `id` $1 50% $", "$(id) `id` $1 50% $"],
    ["$BRACES", "${A}"],
    ["plain", "plain"],
  ])("in %j gives %j", (template, text) => {
    expect(interpolate(template, lookup)).toMatchObject({ ok: true, text });
  });

  test.each([
    ["${", "invalid"],
    ["${A", "invalid"],
    ["${}", "invalid"],
    ["${1A}", "invalid"],
    ["${A!x}", "invalid"],
    ["${NONE:?give it}", "required"],
    ["${EMPTY:?}", "required"],
    ["${NONE?${A}}", "required"],
  ])("in %j is refused as %s", (template, fault) => {
    expect(interpolate(template, lookup)).toMatchObject({ ok: false, fault });
  });

  test("cannot make a text too long, nor be nested too deeply", () => {
    const long = "${A:-x}".repeat(MAX_VALUE_CHARS + 1);
    expect(interpolate(long, lookup)).toMatchObject({ ok: false, fault: "too-long" });
    const deep = `${"${N:-".repeat(30)}${"}".repeat(30)}`;
    expect(interpolate(deep, lookup)).toMatchObject({ ok: false, fault: "invalid" });
  });

  test("that is required and not set says why", () => {
    expect(interpolate("${NONE:?set it to $A}", lookup)).toMatchObject({ detail: "NONE: set it to a" });
  });

  test("that is not set and has no default is told", () => {
    expect(interpolate("$NONE ${OTHER} ${LAST-x}", lookup)).toMatchObject({ unset: ["NONE", "OTHER"] });
  });
});
