/** Answers against schemas: where they are wrong, in words. */
import { describe, expect, it } from "vitest";
import { compileBodyCheck } from "../../../cli/probe/body-check.ts";
import { PRESETS } from "../../../core/probe/presets.ts";
import { STATS } from "./servers.ts";

function fault(schema: object | boolean, body: unknown): unknown {
  const check = compileBodyCheck(JSON.parse(JSON.stringify(schema)));
  return typeof check === "function" ? check(Buffer.from(JSON.stringify(body)))?.detail : check;
}

const { schema } = PRESETS.chainiq.endpoints[0];

describe("a fault", () => {
  it("is none where it fits", () => {
    expect(fault(schema, STATS)).toBeUndefined();
  });

  it("names the missing field with its path, in either form of the older services", () => {
    const { model_version: _, ...rest } = STATS;
    expect(fault(schema, rest)).toBe("$.model_version is missing");
    expect(fault(schema, { ...STATS, drift: { avg_delta: 1, max_delta: 2 } })).toBe("$.drift.corridors is missing");
  });

  it("names the place of a wrong type and of any other keyword, and no value", () => {
    const list = { type: "array", items: { properties: { a: { type: "number", minimum: 5 } } } };
    expect(fault(list, [{ a: 6 }, { a: "secret" }])).toBe("$[1].a has another type than the schema's");
    expect(fault(list, [{ a: 1 }])).toBe('$[0].a breaks "minimum" of the schema');
  });

  it.each([
    ["", "the answer has no body, and its schema wants JSON"],
    ["<p>", "the body (3 bytes) is not JSON"],
    ["\ufeff{}", "the body (5 bytes) begins with a byte order mark, which JSON may not"],
  ])("says of %j why it is no JSON", (text, detail) => {
    const check = compileBodyCheck(true);
    expect(typeof check === "function" && check(Buffer.from(text))).toEqual({ failed: "not-json", detail });
  });

  it("never lets a field's name out of its line", () => {
    const named = fault({ additionalProperties: { type: "number" } }, { "a\n::error::b\u001b[2J": "x" });
    expect(named).toBe("$.a\ufffd::error::b\ufffd[2J has another type than the schema's");
  });

  it("is said of the schema itself where it refers to nothing", () => {
    expect(fault({ $ref: "#/$defs/none" }, 1)).toEqual({ reason: 'Unresolved $ref "#/$defs/none"' });
    expect(fault(false, 1)).toBeTypeOf("string");
  });
});
