/** `probe.json`: what it may say, and how a slip is told. */
import { Validator } from "@cfworker/json-schema";
import { describe, expect, it, test } from "vitest";
import { parseProbeConfig, publishedProbeSchema } from "../../../core/probe/config.ts";

const problemsIn = (config: object): readonly string[] => {
  const parsed = parseProbeConfig(JSON.stringify(config, null, 2));
  return parsed.ok ? [] : parsed.problems.map(({ line, key, message }) => `${line} ${key}: ${message}`);
};

const FULL = {
  $schema: "docs/schema/probe.schema.json",
  base_url: "http://localhost:8000",
  iterations: 50,
  headers: { authorization: "secret:TOKEN" },
  budgets: { p95_ms: 50 },
  endpoints: [
    { path: "/a?x=1" },
    { path: "/a", method: "POST", body: { limit: 10 }, schema: { type: "object" }, expect_status: [200, 404] },
    { path: "/b", schema: "schemas/b.json", budgets: { failure_rate: 0 } },
  ],
};

test("docs/schema/probe.schema.json is up to date", async () => {
  await expect(publishedProbeSchema()).toMatchFileSnapshot("../../../docs/schema/probe.schema.json");
});

describe("probe.json", () => {
  it("may say everything or nothing, to the program and to an editor alike", () => {
    const validator = new Validator(JSON.parse(publishedProbeSchema()), "2020-12");
    for (const config of [{}, FULL, { preset: "chainiq" }]) {
      expect(problemsIn(config)).toEqual([]);
      expect(validator.validate(config).valid).toBe(true);
    }
    expect(validator.validate({ endpoint: [] }).valid).toBe(false);
  });

  it("is told which key was meant, with its line", () => {
    expect(problemsIn({ iterations: 20, endpoints: [{ path: "/a", metod: "GET" }] })).toEqual([
      '6 endpoints[0].metod: Unknown key "metod". Did you mean "method"?',
    ]);
    expect(problemsIn({ budgets: { p95: 75 } })).toEqual(['3 budgets.p95: Unknown key "p95". Did you mean "p95_ms"?']);
  });

  it.each([
    [{ iterations: 0 }, /iterations/],
    [{ iterations: "20" }, /iterations/],
    [{ budgets: { failure_rate: 5 } }, /failure_rate/],
    [{ base_url: "http://someone:word@localhost" }, /without credentials/],
    [{ base_url: "localhost:8000" }, /write an address/],
    [{ endpoints: [] }, /endpoints/],
    [{ endpoints: [{ path: "a" }] }, /begins with \//],
    [{ endpoints: [{ path: "/a" }, { path: "/a" }] }, /same method and path/],
    [{ headers: { "a b": "c" } }, /header's name/],
    [{ headers: { a: "b\r\nc: d" } }, /one line/],
    [{ headers: { a: "€" } }, /Latin-1/],
    [{ headers: { "Content-Length": "3" } }, /made from the body/],
  ])("is refused with %j", (config, message) => {
    expect(problemsIn(config).join("\n")).toMatch(message);
  });

  it("is refused with a sentence where it is no JSON or no object", () => {
    expect(parseProbeConfig('{"iterations": ')).toMatchObject({ ok: false, problems: [{ line: 1 }] });
    expect(parseProbeConfig("[]")).toMatchObject({ ok: false });
    expect(parseProbeConfig("")).toMatchObject({ ok: false });
  });
});
