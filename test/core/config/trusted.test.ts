/** What a pull request's own configuration may change: what runs, and how strictly it is judged; never what it is let off. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { durationMs } from "../../../core/config/duration.ts";
import { parseProjectConfig } from "../../../core/config/parse.ts";
import { effectiveSampling } from "../../../core/config/sampling.ts";
import type { ProjectConfig } from "../../../core/config/schema.ts";
import { type TrustedConfig, trustedConfig } from "../../../core/config/trusted.ts";
import { globOf, matchesGlob, segmentsOf } from "../../../core/pair/glob.ts";
import { anyConfig } from "./any-config.ts";

function trusted(base: string | null, head: string | null): TrustedConfig {
  const parsed = (text: string | null) => (text === null ? null : parseProjectConfig(text));
  return trustedConfig(parsed(base), parsed(head));
}

const BASE = `version: 1
stack: { env: { DATABASE_URL: "secret:SHADOW_DB" }, egress: ["db.staging:5432"] }
hosts: [shop.example.com]
ttl: 7d
sampling: { rate: 0.01, max_rps: 20, methods: [GET, HEAD] }
mirror: { include: ["/v1/**"], exclude: ["/admin/**"] }
credentials: { authorization: "secret:TEST_TOKEN" }
redact: { names: [ssn], patterns: ["EMP-[0-9]{6}"] }
routes:
  - { match: GET /v1/orders/**, compare: values, ignore: ["$.at"] }
budgets: { p95_ms: 75 }
gate: { min_pairs: 200, fail_on: critical, mode: informational }
`;

describe("a pull request that lets itself off changes nothing", () => {
  const same = trusted(BASE, BASE).config;

  test.each([
    ["asks for more traffic", "sampling: { rate: 1, max_rps: 5000, methods: [GET, HEAD, POST, DELETE] }"],
    ["asks for an automatic rate", "sampling: { rate: auto }"],
    ["drops the redaction", "redact: { names: [], patterns: [], shape_only: false }"],
    ["claims another host", "hosts: [bank.example.com]"],
    ["takes other secrets and other addresses", 'stack: { env: { X: "secret:ADMIN" }, egress: ["evil.example:443"] }'],
    ["sends another identity", 'credentials: { cookie: "secret:ADMIN" }'],
    [
      "ignores everything",
      'routes: [{ match: GET /v1/orders/**, ignore: ["$.at", "$"] }, { match: "* /**", compare: shape }]',
    ],
    ["writes to production's twin", "routes: [{ match: POST /v1/orders, mirror: true }]"],
    ["opens other paths", 'mirror: { include: ["/**"], exclude: [] }'],
    ["raises its budgets", "budgets: { p95_ms: 7500 }"],
    ["softens the gate", "gate: { min_pairs: 1, on_inconclusive: pass }"],
    ["asks for evidence that never comes", "gate: { min_pairs: 10000000 }"],
    ["lives for longer", "ttl: 30d"],
    ["asks for another driver and no control", "driver: process\ncontrol: off"],
  ])("%s", (_what, head) => {
    const { config, refused } = trusted(BASE, head);
    expect(config).toEqual(same);
    expect(refused.length).toBeGreaterThan(0);
    for (const { file, line, words } of refused)
      expect([file, line > 0, words.length > 20]).toEqual(["head", true, true]);
  });
});

describe("the head says what runs", () => {
  test("service, compose file, images and seed are the head's, with its lines", () => {
    const head =
      'service: api\ncompose: deploy/compose.yml\nimages: { api: "ghcr.io/acme/api:{short_sha}" }\nstack: { seed: make seed }';
    const { config, sources, refused } = trusted(BASE, head);
    expect([config.service, config.compose, config.images, config.stack.seed]).toEqual([
      "api",
      "deploy/compose.yml",
      { api: "ghcr.io/acme/api:{short_sha}" },
      "make seed",
    ]);
    expect(sources["compose"]).toEqual({ from: "head", line: 2 });
    expect(sources["stack.env"]).toEqual({ from: "base", line: 2 });
    expect(sources["driver"]).toEqual({ from: "default", line: null });
    expect(refused).toEqual([]);
  });

  test("and may be stricter with itself", () => {
    const head = `ttl: 1d
sampling: { rate: 0.001, max_rps: 5, methods: [GET] }
mirror: { include: ["/v1/orders/**"], exclude: ["/admin/**", "/v1/orders/export"] }
redact: { names: [ssn, iban], patterns: ["EMP-[0-9]{6}"], shape_only: true, phones: true }
routes: [{ match: GET /v1/orders/**, compare: exact }, { match: "GET /v1/slow/{id}", mirror: false }]
budgets: { p95_ms: 10, size_kb: 1 }
gate: { fail_on: warning, on_inconclusive: fail, mode: blocking }`;
    const { config, sources, refused } = trusted(BASE, head);
    expect(refused).toEqual([]);
    expect(config.ttl).toBe("1d");
    expect(config.sampling).toMatchObject({ rate: 0.001, max_rps: 5, methods: ["GET"] });
    expect(config.mirror).toEqual({ include: ["/v1/orders/**"], exclude: ["/admin/**", "/v1/orders/export"] });
    expect(config.redact).toEqual({
      names: ["ssn", "iban"],
      patterns: ["EMP-[0-9]{6}"],
      shape_only: true,
      phones: true,
    });
    expect(config.routes).toEqual([
      { match: "GET /v1/orders/**", compare: "exact", ignore: [], list_key: {} },
      { match: "GET /v1/slow/*", mirror: false, compare: "values", ignore: [], list_key: {} },
    ]);
    expect(config.budgets).toMatchObject({ p95_ms: 10, size_kb: 1 });
    expect(config.gate).toEqual({ min_pairs: 200, fail_on: "warning", on_inconclusive: "fail", mode: "blocking" });
    expect(sources["sampling.rate"]).toEqual({ from: "tightened-by-head", line: 2 });
  });
});

describe("files that are missing or broken", () => {
  test("a pull request that adds the file is judged by the defaults, and says what runs", () => {
    const { config, refused } = trusted(null, BASE + "service: web\n");
    expect([config.hosts, config.credentials, config.stack.env, config.service]).toEqual([[], {}, {}, "web"]);
    expect(refused.map(({ key }) => key)).toContain("hosts");
  });

  test("a pull request that deletes the file is judged by the base's", () => {
    expect(trusted(BASE, null).config).toEqual(trusted(BASE, "").config);
    expect(trusted(BASE, null).config.hosts).toEqual(["shop.example.com"]);
  });

  test("a broken file of the head is told with its lines, and the base's counts", () => {
    const { config, refused, unreadable } = trusted(BASE, "version: 1\nhots: [x]\n");
    expect(config).toEqual(trusted(BASE, BASE).config);
    expect(unreadable).toEqual(["head"]);
    expect(refused).toEqual([{ file: "head", key: "hots", line: 2, words: expect.stringContaining('"hosts"') }]);
  });

  test("with a broken file of the base nothing of it counts", () => {
    const { config, unreadable } = trusted("routes: 7", BASE);
    expect([unreadable, config.hosts]).toEqual([["base"], []]);
  });
});

test("a share in place of auto keeps auto's bound", () => {
  const base = "sampling: { rate: auto, max_rps: 100 }\ngate: { min_pairs: 600 }";
  expect(effectiveSampling(trusted(base, base).config)).toEqual({ rate: 1, maxRps: 1 });
  expect(effectiveSampling(trusted(base, "sampling: { rate: 0.5, max_rps: 90 }").config)).toEqual({
    rate: 0.5,
    maxRps: 1,
  });
});

const request = fc.record({
  method: fc.constantFrom("GET", "HEAD", "POST"),
  path: fc.array(fc.constantFrom("a", "b", "ab", "c"), { minLength: 1, maxLength: 4 }).map((p) => `/${p.join("/")}`),
});

interface Asked {
  readonly method: string;
  readonly path: string;
}

const fits = (pattern: string, path: string) =>
  matchesGlob(globOf(pattern.replaceAll(/\{\w+\}/g, "*")), segmentsOf(path));

function fitsRoute(match: string, { method, path }: Asked): boolean {
  const [verb = "", pattern = ""] = match.split(" ");
  return (verb === "*" || verb === method) && fits(pattern, path);
}

/** The edge's rules, said again in short. */
function isMirrored({ mirror, routes, sampling }: ProjectConfig, asked: Asked): boolean {
  const { path } = asked;
  if (mirror.exclude.some((pattern) => fits(pattern, path))) return false;
  if (mirror.include.length > 0 && !mirror.include.some((pattern) => fits(pattern, path))) return false;
  const rule = routes.find((one) => one.mirror !== undefined && fitsRoute(one.match, asked));
  return rule?.mirror ?? sampling.methods.includes(asked.method);
}

const STRICT = ["shape", "values", "exact"];

describe("for any two files the result", () => {
  const turned = anyConfig.map((one) => ({ ...one, routes: one.routes?.toReversed() }));
  const pairs = fc.tuple(anyConfig, fc.oneof(anyConfig, turned));
  const both = pairs.map(([base, head]) => {
    const parsed = parseProjectConfig(JSON.stringify(base));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return { base: parsed.value, result: trusted(JSON.stringify(base), JSON.stringify(head)).config, head };
  });

  test("mirrors no request that the base does not", () => {
    const requests = fc.array(request, { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(both, requests, ({ base, result }, asked) => {
        for (const one of asked) if (isMirrored(result, one)) expect(isMirrored(base, one)).toBe(true);
        const [own, theirs] = [effectiveSampling(result), effectiveSampling(base)];
        expect(own.rate).toBeLessThanOrEqual(theirs.rate);
        expect(own.maxRps).toBeLessThanOrEqual(theirs.maxRps);
      }),
      { numRuns: RUNS },
    );
  });

  test("compares what it mirrors at least as strictly, by the same keys and templates", () => {
    const requests = fc.array(request, { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(both, requests, ({ base, result }, asked) => {
        for (const one of asked.filter((a) => isMirrored(result, a))) {
          const [own, theirs] = [result, base].map(({ routes }) => routes.find((r) => fitsRoute(r.match, one)));
          expect(STRICT.indexOf(own?.compare ?? "values")).toBeGreaterThanOrEqual(
            STRICT.indexOf(theirs?.compare ?? "values"),
          );
          for (const ignored of own?.ignore ?? []) expect(theirs?.ignore).toContain(ignored);
          expect(own?.list_key ?? {}).toEqual(theirs?.list_key ?? {});
        }
        const templates = (c: ProjectConfig) => c.routes.map((r) => r.match).filter((match) => match.includes("{"));
        expect(templates(result)).toEqual(templates(base));
      }),
      { numRuns: RUNS },
    );
  });

  test("redacts at least as much, keeps or lowers every limit, and takes nothing else from the head", () => {
    fc.assert(
      fc.property(both, ({ base, result }) => {
        for (const key of ["hosts", "credentials", "driver", "control", "openapi"] as const)
          expect(result[key]).toEqual(base[key]);
        expect([result.stack.env, result.stack.egress]).toEqual([base.stack.env, base.stack.egress]);
        expect(result.sampling.sticky).toEqual(base.sampling.sticky);
        expect(result.redact.names).toEqual(expect.arrayContaining(base.redact.names));
        expect(result.redact.patterns).toEqual(expect.arrayContaining(base.redact.patterns));
        expect([
          result.redact.shape_only || !base.redact.shape_only,
          result.redact.phones || !base.redact.phones,
        ]).toEqual([true, true]);
        for (const key of ["p95_ms", "p99_ms", "size_kb", "failure_rate"] as const)
          expect(result.budgets[key] ?? Infinity).toBeLessThanOrEqual(base.budgets[key] ?? Infinity);
        expect(durationMs(result.ttl) ?? Infinity).toBeLessThanOrEqual(durationMs(base.ttl) ?? 0);
        expect(gateRank(result)).toEqual(gateRank(result).map((rank, n) => Math.max(rank, gateRank(base)[n] ?? 0)));
        expect(result.gate.min_pairs).toBe(base.gate.min_pairs);
      }),
      { numRuns: RUNS },
    );
  });

  test("is a file that passes by itself, and trusting it again changes nothing", () => {
    fc.assert(
      fc.property(both, ({ base, result }) => {
        expect(parseProjectConfig(JSON.stringify(result))).toMatchObject({ ok: true });
        expect(trusted(JSON.stringify(base), JSON.stringify(base)).config).toEqual(base);
      }),
      { numRuns: RUNS },
    );
  });
});

const RUNS = 120;

function gateRank({ gate }: ProjectConfig): readonly number[] {
  return [
    ["critical", "warning"].indexOf(gate.fail_on),
    ["pass", "neutral", "fail"].indexOf(gate.on_inconclusive),
    ["informational", "blocking"].indexOf(gate.mode),
  ];
}
