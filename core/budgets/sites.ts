/**
 * Where a file says a budget: `budgets:` of `.shadow-infra.yml`, of `probe.json` and its endpoints, of the rules of `governance.json`. By
 * form and not by name, so that every file with such a key is understood. JSON is YAML. Pure; nothing is changed here.
 */
import { type Document, isMap, isPair, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import { readYamlDocument } from "../config/yaml.ts";
import type { Result } from "../pair/result.ts";
import type { BudgetName } from "../probe/budgets.ts";

/** Characters of one file. */
const MAX_FILE_CHARS = 1_000_000;

/** Names of the key, also those that older rules files use. */
const NAMES: Readonly<Record<string, BudgetName>> = {
  p95_ms: "p95_ms",
  p95_latency_ms: "p95_ms",
  p99_ms: "p99_ms",
  p99_latency_ms: "p99_ms",
  size_kb: "size_kb",
  max_response_size_kb: "size_kb",
  failure_rate: "failure_rate",
  max_failure_rate: "failure_rate",
};

/** One budget in a file. */
export interface BudgetSite {
  readonly budget: BudgetName;
  readonly now: number;
  /** From 1. */
  readonly line: number;
  /** Of the number, in characters from the start of the text. */
  readonly start: number;
  readonly end: number;
  /** The endpoint it is of alone; null: all of them. */
  readonly endpoint: { readonly path: string; readonly method: string } | null;
  /** Whether a rule says it: rules judge every endpoint, whatever budgets of its own it has. */
  readonly isRule: boolean;
}

/** A file's map at the top, for those that add to it, and its budgets. */
export interface BudgetFile {
  readonly document: Document.Parsed;
  readonly sites: readonly BudgetSite[];
  /** Whether it is a file of rules, which takes no budgets at its top. */
  readonly isRules: boolean;
}

/** Reads a file's budgets; the reason's detail has the line. */
export function budgetFile(text: string): Result<BudgetFile, "unreadable-file"> {
  const read = readYamlDocument(text, MAX_FILE_CHARS);
  if (!read.ok) {
    const [fault] = read.faults;
    return { ok: false, reason: "unreadable-file", detail: `line ${fault?.line ?? 1}: ${fault?.message ?? ""}` };
  }
  const { document, at } = read;
  const { contents } = document;
  if (!isMap(contents)) return { ok: false, reason: "unreadable-file", detail: "line 1: it is no map of keys." };
  const isRules = contents.has("rules");
  const line = (offset: number) => at(offset).line;
  return { ok: true, value: { document, isRules, sites: sitesBelow(contents, { line, isRule: isRules }) } };
}

interface Place {
  readonly line: (offset: number) => number;
  readonly isRule: boolean;
}

/** Schemas are data of the user's: a property of that name is no budget. */
function sitesBelow(map: YAMLMap, place: Place): readonly BudgetSite[] {
  return map.items.filter(isPair).flatMap((pair): readonly BudgetSite[] => {
    const key = keyOf(pair);
    const { value } = pair;
    if (key === "schema") return [];
    if (key === "budgets" && isMap(value)) return sitesOf(value, map, place);
    if (isMap(value)) return sitesBelow(value, place);
    return isSeq(value) ? value.items.filter(isMap).flatMap((item) => sitesBelow(item, place)) : [];
  });
}

function sitesOf(budgets: YAMLMap, owner: YAMLMap, { line, isRule }: Place): readonly BudgetSite[] {
  return budgets.items.filter(isPair).flatMap((pair): readonly BudgetSite[] => {
    const key = keyOf(pair);
    const { value } = pair;
    if (!Object.hasOwn(NAMES, key) || !isScalar(value) || typeof value.value !== "number") return [];
    const budget = NAMES[key];
    const [start, end] = value.range ?? [];
    if (budget === undefined || start === undefined || end === undefined) return [];
    return [{ budget, now: value.value, line: line(start), start, end, endpoint: endpointOf(owner), isRule }];
  });
}

function endpointOf(owner: YAMLMap): BudgetSite["endpoint"] {
  const [path, method] = [owner.get("path"), owner.get("method")];
  return typeof path === "string" ? { path, method: typeof method === "string" ? method : "GET" } : null;
}

export function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}
