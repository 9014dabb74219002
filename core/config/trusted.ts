/**
 * One configuration out of two commits of a pull request. What runs is the head's to say; what judges or admits is the base's, and
 * the head may only tighten it: it is code under review. The table of keys is docs/configuration.md's.
 */

import { MAX_USER_PATTERNS } from "../wire/target.ts";
import type { ParsedConfig } from "./parse.ts";
import type { ConfigProblem } from "./problems.ts";
import { autoRps } from "./sampling.ts";
import { type ProjectConfig, ProjectConfigSchema } from "./schema.ts";
import { either, inBoth, inEither, lower, lowerRate, narrower, shorter, stricter, type Tighten } from "./tighten.ts";
import { trustedRoutes } from "./trusted-routes.ts";
import type { KeyPath } from "./yaml.ts";

/** The file at one commit as it was read; null: there is none. */
export type ParsedFile = ParsedConfig | null;

export interface ValueSource {
  /** `tightened-by-head`: the base's value, or its default, made stricter by what the head says. */
  readonly from: "base" | "head" | "default" | "tightened-by-head";
  /** In the file it is from; null for a default. */
  readonly line: number | null;
}

/** Something of a file that does not count. */
export interface RefusedKey {
  readonly file: "base" | "head";
  /** `sampling.rate`; empty for the whole file. */
  readonly key: string;
  readonly line: number;
  /** Why, and what to do. */
  readonly words: string;
}

export interface TrustedConfig {
  readonly config: ProjectConfig;
  /** By key: `sampling.rate`. */
  readonly sources: Readonly<Record<string, ValueSource>>;
  readonly refused: readonly RefusedKey[];
  /** Files that cannot be read at all: nothing of the head's counts then, or all of the base's is defaults. */
  readonly unreadable: readonly ("base" | "head")[];
}

/** The value of a key of `sources`, such as `sampling.rate`. */
export function valueAt(config: ProjectConfig, key: string): unknown {
  let value: unknown = config;
  for (const step of key.split("."))
    value =
      typeof value === "object" && value !== null
        ? Object.entries(value).find(([name]) => name === step)?.[1]
        : undefined;
  return value;
}

/** The same bounds as the form's. */
const MAX_GLOBS = 100;
const MAX_NAMES = 200;

/** Never throws. Where a file is unreadable the caller should not start anything; what counts then is still safe to show. */
export function trustedConfig(base: ParsedFile, head: ParsedFile): TrustedConfig {
  const pick = picker(readable(base), head?.ok === false ? readable(base) : readable(head));
  const problems = [...problemsOf("base", base), ...problemsOf("head", head)];
  const config: ProjectConfig = {
    version: 1,
    stack: {
      seed: pick.head("stack.seed", ({ stack }) => stack.seed),
      env: pick.base("stack.env", ({ stack }) => stack.env),
      egress: pick.base("stack.egress", ({ stack }) => stack.egress),
    },
    service: pick.head("service", ({ service }) => service),
    compose: pick.head("compose", ({ compose }) => compose),
    images: pick.head("images", ({ images }) => images),
    control: pick.base("control", ({ control }) => control),
    hosts: pick.base("hosts", ({ hosts }) => hosts),
    driver: pick.base("driver", ({ driver }) => driver),
    ttl: pick.tight("ttl", ({ ttl }) => ttl, shorter),
    openapi: pick.base("openapi", ({ openapi }) => openapi),
    sampling: sampling(pick),
    mirror: {
      include: pick.tight("mirror.include", ({ mirror }) => mirror.include, narrower),
      exclude: pick.tight("mirror.exclude", ({ mirror }) => mirror.exclude, inEither(MAX_GLOBS)),
    },
    credentials: pick.base("credentials", ({ credentials }) => credentials),
    redact: redact(pick),
    routes: pick.routes(),
    budgets: budgets(pick),
    gate: gate(pick),
  };
  return {
    config,
    sources: pick.sources,
    refused: [...problems, ...pick.refused],
    unreadable: [
      ...(base?.ok === false ? (["base"] as const) : []),
      ...(head?.ok === false ? (["head"] as const) : []),
    ],
  };
}

/** `auto` is up to so many a second, so a share in its place keeps that bound. */
function sampling(pick: Picker): ProjectConfig["sampling"] {
  const tight = {
    rate: pick.tight("sampling.rate", ({ sampling: { rate } }) => rate, lowerRate),
    max_rps: pick.tight("sampling.max_rps", ({ sampling: { max_rps } }) => max_rps, lower),
    methods: pick.tight("sampling.methods", ({ sampling: { methods } }) => methods, inBoth),
    sticky: pick.base("sampling.sticky", ({ sampling: { sticky } }) => sticky),
  };
  const { sampling: base, gate: evidence } = pick.baseConfig;
  if (base.rate !== "auto" || tight.rate === "auto") return tight;
  return { ...tight, max_rps: Math.min(tight.max_rps, autoRps(evidence.min_pairs)) };
}

function redact(pick: Picker): ProjectConfig["redact"] {
  return {
    names: pick.tight("redact.names", ({ redact: { names } }) => names, inEither(MAX_NAMES)),
    patterns: pick.tight("redact.patterns", ({ redact: { patterns } }) => patterns, inEither(MAX_USER_PATTERNS)),
    shape_only: pick.tight("redact.shape_only", ({ redact: { shape_only } }) => shape_only, either),
    phones: pick.tight("redact.phones", ({ redact: { phones } }) => phones, either),
  };
}

function budgets(pick: Picker): ProjectConfig["budgets"] {
  return {
    p95_ms: pick.tight("budgets.p95_ms", ({ budgets: { p95_ms } }) => p95_ms, lower),
    p99_ms: pick.tight("budgets.p99_ms", ({ budgets: { p99_ms } }) => p99_ms, lower),
    size_kb: pick.tight("budgets.size_kb", ({ budgets: { size_kb } }) => size_kb, lower),
    failure_rate: pick.tight("budgets.failure_rate", ({ budgets: { failure_rate } }) => failure_rate, lower),
  };
}

/** More pairs hold a failing verdict back, fewer let one pass on less: neither is stricter, so `min_pairs` is the base's. */
function gate(pick: Picker): ProjectConfig["gate"] {
  return {
    min_pairs: pick.base("gate.min_pairs", ({ gate: { min_pairs } }) => min_pairs),
    fail_on: pick.tight("gate.fail_on", ({ gate: { fail_on } }) => fail_on, stricter(["critical", "warning"])),
    on_inconclusive: pick.tight(
      "gate.on_inconclusive",
      ({ gate: { on_inconclusive } }) => on_inconclusive,
      stricter(["pass", "neutral", "fail"]),
    ),
    mode: pick.tight("gate.mode", ({ gate: { mode } }) => mode, stricter(["informational", "blocking"])),
  };
}

type Get<T> = (config: ProjectConfig) => T;

interface Picker {
  readonly baseConfig: ProjectConfig;
  readonly head: <T>(key: string, get: Get<T>) => T;
  readonly base: <T>(key: string, get: Get<T>) => T;
  readonly tight: <T>(key: string, get: Get<T>, tighten: Tighten<T>) => T;
  readonly routes: () => ProjectConfig["routes"];
  /** Filled while keys are picked. */
  readonly sources: Readonly<Record<string, ValueSource>>;
  readonly refused: readonly RefusedKey[];
}

function picker(base: Readable, head: Readable): Picker {
  const sources: Record<string, ValueSource> = {};
  const refused: RefusedKey[] = [];
  const from = (file: Readable, name: "base" | "head", key: string): ValueSource => {
    const line = lineOf(file, pathOf(key));
    return line === null ? { from: "default", line } : { from: name, line };
  };
  const refuse = (key: string, line: number, words: string): void =>
    void refused.push({ file: "head", key, line, words });
  return {
    baseConfig: base.value,
    sources,
    refused,
    head: (key, get) => {
      sources[key] = from(head, "head", key);
      return get(head.value);
    },
    base: (key, get) => {
      sources[key] = from(base, "base", key);
      const line = lineOf(head, pathOf(key));
      if (line !== null && !isSame(get(head.value), get(base.value))) refuse(key, line, BASE_ONLY);
      return get(base.value);
    },
    tight: (key, get, tighten) => {
      sources[key] = from(base, "base", key);
      const line = lineOf(head, pathOf(key));
      const own = get(base.value);
      if (line === null || isSame(get(head.value), own)) return own;
      const { value, granted } = tighten(own, get(head.value));
      if (!granted) refuse(key, line, TIGHTEN_ONLY);
      if (!isSame(value, own)) sources[key] = { from: "tightened-by-head", line };
      return value;
    },
    routes: () => {
      const trusted = trustedRoutes(base.value.routes, head.value.routes);
      sources["routes"] = trusted.changed
        ? { from: "tightened-by-head", line: lineOf(head, ["routes"]) }
        : from(base, "base", "routes");
      for (const index of trusted.refused)
        refuse(`routes[${index}]`, lineOf(head, ["routes", index]) ?? 1, ROUTES_TIGHTEN_ONLY);
      return trusted.routes;
    },
  };
}

const BASE_ONLY = "This counts from the base branch, so the change holds once it is merged.";
const TIGHTEN_ONLY =
  "A pull request may only make this stricter than the base branch says; the rest holds once it is merged.";
const ROUTES_TIGHTEN_ONLY =
  "Of routes a pull request may only add or set `mirror: false`, take away `ignore`, and compare more strictly; the rest holds once it is merged.";

/** A file that is missing or unreadable is one that says nothing. */
type Readable = Extract<ParsedConfig, { ok: true }>;

const SILENT: Readable = { ok: true, value: ProjectConfigSchema.parse({}), given: () => null };

function readable(file: ParsedFile): Readable {
  return file?.ok === true ? file : SILENT;
}

function problemsOf(name: "base" | "head", file: ParsedFile): readonly RefusedKey[] {
  const problems: readonly ConfigProblem[] = file?.ok === false ? file.problems : [];
  return problems.map(({ key, line, message }) => ({ file: name, key, line, words: message }));
}

function pathOf(key: string): KeyPath {
  return key.split(".");
}

function lineOf(file: Readable, path: KeyPath): number | null {
  return file.given(path)?.line ?? null;
}

/** Order of keys is the form's, not the file's; a key without a value is not there. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
