/** `.shadow-infra/governance.json`: text -> JSON -> form -> rules, or every problem with its place and what to do. Pure. */
import { type ConfigProblem, problemsOf } from "../config/problems.ts";
import { readYaml } from "../config/yaml.ts";
import { isAlex, translateAlex } from "./alex.ts";
import { jsonOf, MAX_RULES_CHARS, type ParsedRules, plainRules, repeatedId } from "./plain-rules.ts";
import { GovernanceFileSchema } from "./rules.ts";

/** Problems that are told at once. */
const MAX_PROBLEMS = 50;

export type RulesResult =
  | { readonly ok: true; readonly value: ParsedRules }
  | { readonly ok: false; readonly reason: "unreadable-rules"; readonly problems: readonly ConfigProblem[] };

/** Reads both formats, told apart by their keys. Never throws. */
export function parseRules(text: string): RulesResult {
  const rules = plainRules(text);
  return rules === null ? parseWithPlaces(text, jsonOf(text)) : { ok: true, value: rules };
}

function parseWithPlaces(text: string, json: unknown): RulesResult {
  // JSON is YAML, so this reader knows the place of each value; what is not JSON gets its own words.
  const read = readYaml(text, MAX_RULES_CHARS);
  if (!read.ok) return refused(read.faults.map((fault) => ({ ...fault, key: "" })));
  if (json === undefined) return refused([{ line: 1, column: 1, key: "", message: "It is not JSON." }]);
  if (isAlex(json)) {
    const translated = translateAlex(json);
    if (typeof translated === "string") return refused([{ line: 1, column: 1, key: "", message: translated }]);
    return { ok: true, value: translated };
  }
  const parsed = GovernanceFileSchema.safeParse(json);
  if (!parsed.success)
    return refused(parsed.error.issues.flatMap((issue) => problemsOf(issue, read.source, GovernanceFileSchema)));
  const twice = repeatedId(parsed.data);
  if (twice !== null)
    return refused([{ ...read.source.positionOf(["rules", twice, "id"]), key: `rules[${twice}].id`, message: TWICE }]);
  return { ok: true, value: { file: parsed.data, gaps: [] } };
}

const TWICE = "Another rule has this id. Exceptions name rules by it, so each needs its own.";

function refused(problems: readonly ConfigProblem[]): RulesResult {
  const ordered = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, reason: "unreadable-rules", problems: ordered.slice(0, MAX_PROBLEMS) };
}
