/**
 * The format of `.github/ALEX_RULES.json`: rules whose checks are sentences. Each rule that is one of the twelve becomes ours with its settings;
 * each sentence that asks for more adds the check that does it. What no check of ours does is said, never dropped.
 */
import { z } from "zod";
import { PHRASES, TWELVE } from "./alex-phrases.ts";
import type { Stack } from "./default-globs.ts";
import { defaultGovernance } from "./defaults.ts";
import { type GovernanceFile, GovernanceFileSchema, RULE_CATEGORIES, type WrittenRule } from "./rules.ts";
import { ENFORCEMENTS, RULE_LEVELS } from "./violation.ts";

/** A rule, or a sentence of one, that no check of ours does. */
export interface AlexGap {
  readonly ruleId: string;
  readonly title: string;
  /** Null: the whole rule. */
  readonly sentence: string | null;
}

const text = z.string().max(2_000);
const list = z
  .union([text, z.array(z.unknown())])
  .transform((value) => (typeof value === "string" ? [value] : value.filter((each) => typeof each === "string")));

/** Loose: teams add keys of their own. */
const AlexRule = z.looseObject({
  id: z.union([z.int().min(1).max(9_999), z.string().min(1).max(60)]).optional(),
  category: text.optional(),
  title: text.optional(),
  name: text.optional(),
  description: text.default(""),
  severity: text.optional(),
  enforcement: text.optional(),
  checks: list.default([]),
  scope: list.default([]),
  budgets: z
    .looseObject({
      p95_latency_ms: z.number().positive().optional(),
      p99_latency_ms: z.number().positive().optional(),
      max_response_size_kb: z.number().positive().optional(),
      max_failure_rate: z.number().min(0).max(1).optional(),
    })
    .optional(),
  owner: text.optional(),
  workflow: text.optional(),
  probe_script: text.optional(),
  pac_reference: text.optional(),
});
type AlexRule = z.infer<typeof AlexRule> & { readonly number: number };

const rules = z.union([z.array(AlexRule), z.record(z.string(), AlexRule)]);
const AlexFile = z.looseObject({ rules: rules.optional(), hard_constraints: rules.optional() });

/** Whether this is that format: it never says `version: 1` and always one of these. */
export function isAlex(json: unknown): boolean {
  if (typeof json !== "object" || json === null) return false;
  if ("hard_constraints" in json || "governance_id" in json || "agent_name" in json) return true;
  if (!("rules" in json) || "version" in json) return false;
  return true;
}

/** Our form of it with what was not understood; or why it cannot be read, in words. */
export function translateAlex(
  json: unknown,
): { readonly file: GovernanceFile; readonly gaps: readonly AlexGap[] } | string {
  const read = AlexFile.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `${issue?.path.join(".") ?? "the file"}: ${issue?.message ?? "is not understood"}`;
  }
  const found = [...numbered(read.data.hard_constraints), ...numbered(read.data.rules)];
  const all = found.map(translated);
  const written = all.map(({ rule }) => rule).filter((rule) => rule !== null);
  const unique = written.filter(({ id }, n) => written.findIndex((other) => other.id === id) === n);
  if (unique.length === 0)
    return "It has no rule that a check of ours fits. `shadow-infra init ci` writes a file of our own.";
  const file = GovernanceFileSchema.safeParse({ version: 1, rules: unique });
  if (!file.success) return `${file.error.issues[0]?.path.join(".") ?? ""}: ${file.error.issues[0]?.message ?? ""}`;
  return { file: file.data, gaps: all.flatMap(({ gaps }) => gaps) };
}

/** Rules of a list or of an object such as `{"rule_7": {…}}`; one without a number has its place as number. */
function numbered(all: z.infer<typeof rules> | undefined): readonly AlexRule[] {
  const entries = Array.isArray(all) ? all.map((rule) => ["", rule] as const) : Object.entries(all ?? {});
  return entries.map(([key, rule], n) => {
    const digits = /\d+/.exec(String(rule.id ?? key))?.[0];
    return { ...rule, number: digits === undefined ? n + 1 : Number(digits) };
  });
}

function translated(rule: AlexRule): { readonly rule: WrittenRule | null; readonly gaps: readonly AlexGap[] } {
  const title = rule.title ?? rule.name ?? `rule ${rule.number}`;
  const gap = (sentence: string | null): AlexGap => ({ ruleId: String(rule.number), title, sentence });
  const known = knownNumber(rule, title);
  const sample = defaultGovernance(stackOf(rule)).rules.find(({ id }) => id === known);
  if (sample === undefined) return { rule: null, gaps: [gap(null)] };
  const sentences = rule.checks.map((sentence) => ({
    sentence,
    fits: PHRASES.find(({ words }) => words.test(sentence)),
  }));
  const more = sentences.flatMap(({ fits }) => fits?.checks ?? []);
  const checks = [...sample.checks, ...more];
  return {
    rule: {
      ...sample,
      ...said(rule, sample),
      title,
      checks: checks.filter(
        (check, n) => checks.findIndex((other) => JSON.stringify(other) === JSON.stringify(check)) === n,
      ),
    },
    gaps: sentences.filter(({ fits }) => fits === undefined).map(({ sentence }) => gap(sentence)),
  };
}

/** Which of the twelve it is: by its title, else by its number where the category agrees. */
function knownNumber({ number, category }: AlexRule, title: string): number | null {
  const byTitle = TWELVE.find(({ words }) => words.test(title));
  if (byTitle !== undefined) return byTitle.id;
  const byNumber = TWELVE.find(({ id }) => id === number);
  return byNumber !== undefined && byNumber.category === category?.toUpperCase() ? byNumber.id : null;
}

function said(rule: AlexRule, sample: WrittenRule): Partial<WrittenRule> {
  const { budgets, owner, scope } = rule;
  const one = <T extends string>(all: readonly T[], value: string | undefined, otherwise: T): T =>
    all.find((each) => each === value?.toUpperCase()) ?? otherwise;
  return {
    id: rule.number,
    category: one(RULE_CATEGORIES, rule.category, sample.category),
    severity: one(RULE_LEVELS, rule.severity, sample.severity),
    enforcement: one(ENFORCEMENTS, rule.enforcement, sample.enforcement),
    description: descriptionOf(rule),
    ...(owner === undefined ? {} : { owner: owner.slice(0, 200) }),
    ...(scope.length === 0 ? {} : { scope }),
    ...(budgets === undefined
      ? {}
      : {
          budgets: {
            p95_ms: budgets.p95_latency_ms,
            p99_ms: budgets.p99_latency_ms,
            size_kb: budgets.max_response_size_kb,
            failure_rate: budgets.max_failure_rate,
          },
        }),
  };
}

function descriptionOf({ description, checks, workflow, probe_script, pac_reference }: AlexRule): string {
  const facts = { workflow, probe_script, pac_reference };
  const lines = [
    description,
    ...(checks.length === 0 ? [] : [`Checks: ${checks.join("; ")}.`]),
    ...Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])),
  ];
  return lines
    .filter((line) => line !== "")
    .join("\n")
    .slice(0, 2_000);
}

function stackOf({ scope }: AlexRule): Stack {
  return scope.some((glob) => /\.(?:ts|tsx|js|mjs)\b/.test(glob)) ? "node" : "python";
}
