/** The configuration file is read whole, and every problem is told with its line and what to write instead. */
import { describe, expect, test } from "vitest";
import { parseProjectConfig } from "../../../core/config/parse.ts";
import type { ConfigProblem } from "../../../core/config/problems.ts";
import { MAX_CONFIG_CHARS } from "../../../core/config/schema.ts";

const FULL = `version: 1
stack: { seed: "npm run db:seed", env: { DATABASE_URL: "secret:SHADOW_DB" }, egress: ["db.staging:5432"] }
service: web
compose: docker-compose.yaml
images: { web: "ghcr.io/acme/web:{sha}" }
control: base
hosts: [shop.example.com]
driver: kubernetes
ttl: 7d
openapi: openapi.yaml
sampling: { rate: 0.01, max_rps: 20, methods: [GET, HEAD], sticky: "cookie:session" }
mirror: { include: ["/v1/**"], exclude: ["/admin/**"] }
credentials: { authorization: "secret:TEST_TOKEN" }
redact: { names: [ssn], patterns: ["EMP-[0-9]{6}"], shape_only: false }
routes:
  - match: GET /v1/orders/**
    mirror: true
    compare: values
    ignore: [ "$.items[*].updated_at" ]
    list_key: { "$.items": id }
budgets: { p95_ms: 75, p99_ms: 120, size_kb: 25, failure_rate: 0.05 }
gate: { min_pairs: 200, fail_on: critical, on_inconclusive: neutral, mode: informational }
`;

function problemsIn(text: string): readonly ConfigProblem[] {
  const parsed = parseProjectConfig(text);
  return parsed.ok ? [] : parsed.problems;
}

test("every documented key is read", () => {
  const parsed = parseProjectConfig(FULL);
  expect(problemsIn(FULL)).toEqual([]);
  expect(parsed.ok && parsed.value.routes[0]).toEqual({
    match: "GET /v1/orders/**",
    mirror: true,
    compare: "values",
    ignore: ["$.items[*].updated_at"],
    list_key: { "$.items": "id" },
  });
});

test.each(["", "# nothing\n", "{}", "version: 1"])("a file without keys is the defaults: %j", (text) => {
  const parsed = parseProjectConfig(text);
  expect(parsed.ok && parsed.value.gate).toEqual({
    min_pairs: 200,
    fail_on: "critical",
    on_inconclusive: "neutral",
    mode: "informational",
  });
  expect(parsed.ok && parsed.value.sampling.methods).toEqual(["GET", "HEAD"]);
});

describe("an unknown key is refused by name, with its line", () => {
  test.each([
    ["version: 1\nrout: []\n", 2, "rout", 'Did you mean "routes"?'],
    ["sampling:\n  rate: 1\n  maxRps: 3\n", 3, "sampling.maxRps", 'Did you mean "max_rps"?'],
    ["routes:\n  - match: GET /a\n    ignored: []\n", 3, "routes[0].ignored", 'Did you mean "ignore"?'],
    ["gate: { zebra: 1 }", 1, "gate.zebra", "Known here: min_pairs, fail_on, on_inconclusive, mode."],
    ['"__proto__": { a: 1 }', 1, "__proto__", "Unknown key"],
  ])("%j", (text, line, key, words) => {
    expect(problemsIn(text)).toEqual([expect.objectContaining({ line, key, message: expect.stringContaining(words) })]);
  });
});

describe("a value of the wrong form is told with its line", () => {
  test.each([
    ["ttl: 7 days", "ttl", "such as 12h or 7d"],
    ["ttl: 90d", "ttl", "from 5m to 30d"],
    ["version: 2", "version", "version: 1"],
    ["control: sometimes", "control", "base"],
    ["sampling: { rate: 2 }", "sampling.rate", "0 to 1, or auto"],
    ["credentials: { authorization: abc }", "credentials.authorization", "secret:NAME"],
    ["credentials: { 'a b': 'secret:A' }", "credentials.a b", "a header's name"],
    ["images: { web: 'acme/web:latest' }", "images.web", "{sha}"],
    ["compose: ../other/compose.yaml", "compose", "inside the repository"],
    ["openapi: /etc/passwd", "openapi", "inside the repository"],
    ["hosts: ['https://shop.example.com']", "hosts[0]", "without scheme"],
    ["routes: [{ match: /v1 }]", "routes[0].match", "GET /v1/orders/**"],
    ["routes: [{ match: GET /v1, ignore: [items] }]", "routes[0].ignore[0]", "JSONPath"],
    ["just text", "", "object"],
    ["- 1", "", "object"],
  ])("%s", (text, key, words) => {
    expect(problemsIn(text)).toEqual([
      expect.objectContaining({ line: 1, key, message: expect.stringContaining(words) }),
    ]);
  });

  test("all of them at once, in the order of the file", () => {
    const problems = problemsIn("ttl: x\nservise: web\ngate:\n  min_pairs: many\n");
    expect(problems.map(({ line, key }) => [line, key])).toEqual([
      [1, "ttl"],
      [2, "servise"],
      [4, "gate.min_pairs"],
    ]);
  });
});

describe("hostile files are refused", () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `a${n}: &a${n} [${`*a${n - 1},`.repeat(n === 0 ? 0 : 9)}x]`);
  test.each([
    ["broken YAML", "a: [1,\nb: }"],
    ["a key twice", "service: a\nservice: b"],
    ["a billion laughs", laughs.join("\n")],
    ["deep nesting", "[".repeat(MAX_CONFIG_CHARS - 1)],
    ["deep nesting on one line", "- ".repeat(40_000)],
    ["deep keys on one line", "? ".repeat(40_000)],
    ["a long file", " ".repeat(MAX_CONFIG_CHARS + 1)],
    ["an unknown alias", "service: *nobody"],
  ])("%s", (_, text) => {
    expect(problemsIn(text).length).toBeGreaterThan(0);
    expect(problemsIn(text)[0]?.line).toBeGreaterThan(0);
  });
});
