import { describe, expect, test } from "vitest";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { routeOf } from "../../../core/pair/route.ts";
import { redactPair, redactPath } from "../../../core/redact/pair.ts";
import { type CompilePattern, type RedactionRules, rulesOf } from "../../../core/redact/rules.ts";
import { DEFAULT_MIRROR_SETTINGS, type RedactSettings } from "../../../core/wire/target.ts";
import { redactor } from "./redactor.ts";

/** Any engine does here; the one of the tee is tested beside it. */
const compilePattern: CompilePattern = (pattern) => (text) =>
  Array.from(text.matchAll(new RegExp(pattern, "g")), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));

function rules(changes: Partial<RedactSettings>): RedactionRules {
  const made = rulesOf({ ...DEFAULT_MIRROR_SETTINGS.redact, ...changes }, compilePattern);
  if (!made.ok) throw new Error(made.detail);
  return made.value;
}

function pair(content: string, headers: Readonly<Record<string, string>> = {}): CapturedPair {
  const meta = { id: "1", deploymentId: "7-1-0123456789ab", repoId: 7, capturedAt: 0, credentials: "none" } as const;
  const answer = {
    status: 200,
    headers: { "content-type": "application/json", ...headers },
    body: content,
    latencyMs: 1,
  };
  const request = { method: "GET", path: "/users/17/ann?page=2", headers: {}, body: null };
  return { ...meta, request, prod: answer, shadow: answer };
}

function body(text: string, changes: Partial<RedactSettings>): string {
  const { prod } = redactPair(pair(text), redactor, rules(changes));
  return "body" in prod ? prod.body : "";
}

describe("a user's names", () => {
  test("are secret wherever their words stand in a name", () => {
    const result = body('{"employeeNumber":"v-1","old_employee_number":"v-2","employee":"open"}', {
      names: ["employee-number"],
    });
    expect(result).not.toMatch(/v-[12]/);
    expect(result).toContain('"employee":"open"');
  });

  test("are found in text too", () => {
    expect(body("employee_number: v-1", { names: ["employeeNumber"] })).not.toContain("v-1");
  });
});

describe("a user's patterns", () => {
  test("leave alone what stands beside a match, and are not tried on what took its place", () => {
    expect(body('{"a":"room 12, floor 3"}', { patterns: ["[0-9]+"] })).toMatch(
      /^\{"a":"room redacted:\S+, floor redacted:[^\s"]+"\}$/,
    );
  });

  test("are replaced in values, numbers, names and addresses", () => {
    const result = body('{"a":"see EMP-123456!","EMP-654321":1,"n":77000077,"u":"/x?q=EMP%2D111111"}', {
      patterns: ["EMP-[0-9]{6}", "^77[0-9]{6}$"],
    });
    expect(result).not.toMatch(/EMP-\d|77000077|EMP%2D/);
    expect(result).toMatch(/"see redacted:\S+!"/);
  });

  test("that do not compile or are too long let nothing through", () => {
    const settings = (pattern: string) => ({ ...DEFAULT_MIRROR_SETTINGS.redact, patterns: [pattern] });
    const refused = { ok: false, reason: "pattern" };
    expect(rulesOf(settings("("), () => undefined)).toMatchObject(refused);
    expect(rulesOf(settings("a".repeat(201)), compilePattern)).toMatchObject(refused);
  });

  test("without an engine, or too many of them, let nothing through", () => {
    expect(rulesOf({ ...DEFAULT_MIRROR_SETTINGS.redact, patterns: ["a"] }).ok).toBe(false);
    expect(
      rulesOf({ ...DEFAULT_MIRROR_SETTINGS.redact, patterns: Array<string>(33).fill("a") }, compilePattern).ok,
    ).toBe(false);
  });
});

test("telephone numbers go where they are asked for", () => {
  const text = '{"a":"+49 30 901820","b":"(555) 123-4567","c":"12.50"}';
  expect(body(text, {})).toBe(text);
  expect(body(text, { phones: true })).toMatch(/^\{"a":"redacted:\S+","b":"redacted:\S+","c":"12.50"\}$/);
});

describe("where only the shape is kept", () => {
  const SHAPE = { shapeOnly: true };

  test("every value becomes its type, names, null and empty stay", () => {
    expect(body('{"a":"x","b":[1,true,null,"",{}]}', SHAPE)).toBe(
      '{"a":"redacted:string:0-:shape:none","b":["redacted:number:0-:shape:none","redacted:boolean:0-:shape:none",null,"",{}]}',
    );
    expect(body("some prose", SHAPE)).toBe("redacted:string:0-:shape:none");
  });

  test("headers keep what is structure, addresses their route and the names of parameters", () => {
    const { prod, request } = redactPair(
      pair("{}", { etag: "v-1", "cache-control": "no-store" }),
      redactor,
      rules(SHAPE),
    );
    expect(prod).toMatchObject({ headers: { "cache-control": "no-store", etag: expect.stringContaining(":shape:") } });
    expect(request.path).toBe("/users/0/ann?page=redacted:string:0-:shape:none");
    expect(routeOf("GET", request.path)).toBe("GET /users/{id}/ann");
  });

  test("forms keep their names", () => {
    const form = pair("a=v-1&b=&c=v-2", { "content-type": "application/x-www-form-urlencoded" });
    const { prod } = redactPair(form, redactor, rules(SHAPE));
    expect(prod).toMatchObject({ body: "a=redacted:string:0-:shape:none&b=&c=redacted:string:0-:shape:none" });
  });
});

test("a secret in a path leaves the route countable", () => {
  expect(routeOf("GET", redactPath("/users/ann%40example.com/orders", redactor))).toBe("GET /users/{id}/orders");
});
