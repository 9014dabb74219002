/** Every rule of the catalogue has cases in which it fires and cases in which it stays silent, one file per rule. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CONTRACT_RULES, DIFFERENCE_RULES, PAIR_RULES } from "../../../../core/compare/rules/catalogue.ts";
import {
  type CompareMode,
  type CompareSettings,
  DEFAULT_COMPARE_SETTINGS,
  DEFAULT_COMPARISON,
  type JsonSchema,
} from "../../../../core/compare/settings.ts";
import type { Pair, PairRequest } from "../../../../core/pair/pair.ts";
import { EMPTY_MEMORY, type RouteMemory } from "../../../../core/verdict/case.ts";
import { judge } from "../../../../core/verdict/judge.ts";
import { rank } from "../../../../core/verdict/severity.ts";
import { pairOf } from "../../pair/builder.ts";

interface RuleCase extends Pick<Pair, "prod" | "shadow" | "control"> {
  readonly says: string;
  readonly request?: Partial<PairRequest>;
  readonly memory?: RouteMemory;
  /** What an OpenAPI file says of the answer, and how its route is compared. */
  readonly schema?: JsonSchema;
  readonly mode?: CompareMode;
}

interface RuleCases {
  readonly firing: readonly RuleCase[];
  readonly silent: readonly RuleCase[];
}

const FOLDER = new URL("../../../fixtures/rules/", import.meta.url);
const RULES = [...PAIR_RULES.flat(), ...DIFFERENCE_RULES, ...CONTRACT_RULES];

function casesOf(rule: string): RuleCases {
  const file = new URL(`${rule}.json`, FOLDER);
  if (!existsSync(file)) return { firing: [], silent: [] };
  // The fixture's form is checked by what the tests do with it.
  return JSON.parse(readFileSync(file, "utf8")) as RuleCases;
}

function settingsOf({ schema, mode }: Pick<RuleCase, "schema" | "mode">): CompareSettings {
  const responses = { "GET /things": { "200": { "application/json": schema ?? true } } };
  return {
    ...DEFAULT_COMPARE_SETTINGS,
    routes: mode === undefined ? [] : [{ ...DEFAULT_COMPARISON, match: "* /**", mode }],
    contract: schema === undefined ? null : { responses, definitions: {} },
  };
}

function countingRules({ request, memory, says: _says, schema, mode, ...sides }: RuleCase): readonly string[] {
  const settings = settingsOf({ schema, mode });
  const { judged } = judge(pairOf(sides, request), memory ?? EMPTY_MEMORY, { settings });
  return judged.findings.filter(({ noise }) => noise === null).map(({ rule }) => rule);
}

describe.each(RULES)("rule $id", (rule) => {
  const { firing, silent } = casesOf(rule.id);

  it("has a case in which it fires and one in which it is silent", () => {
    expect(firing.length).toBeGreaterThan(0);
    expect(silent.length).toBeGreaterThan(0);
  });

  it.each(firing)("fires: $says", (example) => {
    expect(countingRules(example)).toContain(rule.id);
  });

  it.each(silent)("is silent: $says", (example) => {
    expect(countingRules(example)).not.toContain(rule.id);
  });

  it("has a kebab-case id and a severity between its floor and its ceiling", () => {
    expect(rule.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rank(rule.floor)).toBeLessThanOrEqual(rank(rule.severity));
    expect(rank(rule.severity)).toBeLessThanOrEqual(rank(rule.ceiling));
  });
});

describe("the catalogue", () => {
  it("holds every rule once and every file of the fixtures belongs to a rule", () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      readdirSync(FOLDER)
        .map((name) => name.replace(".json", ""))
        .toSorted(),
    ).toEqual(ids.toSorted());
  });

  it("holds every rule file of its folder", () => {
    const folder = new URL("../../../../core/compare/rules/", import.meta.url);
    const rules = readdirSync(folder).filter((name) =>
      /: (?:Pair|Difference)Rule = \{/.test(readFileSync(new URL(name, folder), "utf8")),
    );
    expect(rules.map((name) => name.replace(".ts", "")).toSorted()).toEqual(
      [...PAIR_RULES.flat(), ...DIFFERENCE_RULES].map(({ id }) => id).toSorted(),
    );
  });
});
