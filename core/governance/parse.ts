/** `.shadow-infra/governance.json`: text -> JSON -> form -> rules, or every problem with its place and what to do. Pure. */
import { type ConfigProblem, problemsOf } from "../config/problems.ts";
import { readYaml } from "../config/yaml.ts";
import { type AlexGap, isAlex, translateAlex } from "./alex.ts";
import { saysKeysOnce } from "./repeated-keys.ts";
import { type GovernanceFile, GovernanceFileSchema } from "./rules.ts";

/** Characters; a file of 200 long rules has a tenth of it. */
const MAX_RULES_CHARS = 1_000_000;

/** Problems that are told at once. */
const MAX_PROBLEMS = 50;

export interface ParsedRules {
  readonly file: GovernanceFile;
  /** What a file of the other format says and no check of ours does. Empty for our own format. */
  readonly gaps: readonly AlexGap[];
}

export type RulesResult =
  | { readonly ok: true; readonly value: ParsedRules }
  | { readonly ok: false; readonly reason: "unreadable-rules"; readonly problems: readonly ConfigProblem[] };

/** Reads both formats, told apart by their keys. Never throws. */
export function parseRules(text: string): RulesResult {
  const json = jsonOf(text);
  const rules = text.length <= MAX_RULES_CHARS && saysKeysOnce(text, json) ? rulesIn(json) : null;
  return rules === null ? parseWithPlaces(text, json) : { ok: true, value: rules };
}

/** Null where anything is wrong. Knows no places: that reader takes longer than all the rest, and every commit would wait for it. */
function rulesIn(json: unknown): ParsedRules | null {
  if (isAlex(json)) {
    const translated = translateAlex(json);
    return typeof translated === "string" ? null : translated;
  }
  const parsed = GovernanceFileSchema.safeParse(json);
  return parsed.success && repeatedId(parsed.data) === null ? { file: parsed.data, gaps: [] } : null;
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

function repeatedId({ rules }: GovernanceFile): number | null {
  const ids = rules.map(({ id }) => String(id));
  const at = ids.findIndex((id, n) => ids.indexOf(id) !== n);
  return at < 0 ? null : at;
}

function refused(problems: readonly ConfigProblem[]): RulesResult {
  const ordered = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, reason: "unreadable-rules", problems: ordered.slice(0, MAX_PROBLEMS) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\u{feff}") ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
