/**
 * The rules of a run: where they are, what the base said, and which of both judge. A change that has not been approved cannot make the rules
 * looser for itself.
 */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import type { AlexGap } from "../../core/governance/alex.ts";
import { isApproved } from "../../core/governance/approval.ts";
import type { Change } from "../../core/governance/change.ts";
import { strictest } from "../../core/governance/effective.ts";
import { looseningsOf } from "../../core/governance/loosening.ts";
import type { RulesResult } from "../../core/governance/parse.ts";
import { type ParsedRules, plainRules } from "../../core/governance/plain-rules.ts";
import type { GovernanceFile } from "../../core/governance/rules.ts";
import type { Loosening } from "../../core/governance/violation.ts";
import { logText } from "../log-text.ts";
import type { Git } from "./git.ts";

/** In the order in which they are looked for. */
export const RULES_PATHS = [".shadow-infra/governance.json", ".github/ALEX_RULES.json"] as const;

/** What the probe reads in the work tree, and the rules in git. */
const PROBE_PATH = ".shadow-infra/probe.json";

export interface Rules {
  readonly file: GovernanceFile;
  readonly gaps: readonly AlexGap[];
  /** As the repository names it. */
  readonly path: string;
  /** Null where the base has none, or the change is none. */
  readonly loosened: { readonly path: string; readonly loosenings: readonly Loosening[] } | null;
  /** Which file judged, and what was left out, in words. */
  readonly notes: readonly string[];
}

export type FoundRules = Rules | { readonly problem: string };

interface Asked {
  /** `--rules`. */
  readonly rules?: string;
  /** The commit that `--head` names; null where the work tree's file is the one that somebody has just written. */
  readonly head: string | null;
}

export async function findRules(git: Git, change: Change, asked: Asked): Promise<FoundRules> {
  const paths = asked.rules === undefined ? RULES_PATHS : [inRepository(git, asked.rules)];
  // Each side on its own: a change that brings a file of the first name is still held against one of the second.
  const linked = asked.head === null ? paths.find((path) => isLinked(git, path)) : undefined;
  if (linked !== undefined) return { problem: `${linked} is reached by a symbolic link. ${WHY_NO_LINK}` };
  const isOfWorkTree = asked.head === null && change.scope === "change";
  const converted = isOfWorkTree ? convertedOf(git, [...paths, PROBE_PATH]) : null;
  if (converted !== null) return { problem: `.gitattributes converts ${converted}. ${WHY_NOT_CONVERTED}` };
  const head = firstText(paths, (path) => headText(git, path, asked));
  const base = firstText(paths, (path) =>
    change.base === null ? null : git.asked(["show", `${change.base}:${path}`]),
  );
  if (head === null && base === null) return { problem: missing(asked.rules) };
  return parsed(head, base, change);
}

async function parsed(head: Named | null, base: Named | null, change: Change): Promise<FoundRules> {
  const result = head === null ? null : await rulesOf(head.text);
  if (result?.ok === false) return { problem: problemWords(head?.path ?? "", result) };
  // Most changes leave their rules alone, so these are read once.
  const isSame = result !== null && base?.text === head?.text;
  return together({
    change,
    head: head === null || result === null ? null : { path: head.path, ...result.value },
    base: base === null ? null : { path: base.path, result: isSame ? result : await rulesOf(base.text) },
  });
}

/** What says what is wrong is loaded only where something is. */
async function rulesOf(text: string): Promise<RulesResult> {
  const rules = plainRules(text);
  if (rules !== null) return { ok: true, value: rules };
  const { parseRules } = await import("../../core/governance/parse.ts");
  return parseRules(text);
}

interface Named {
  readonly path: string;
  readonly text: string;
}

function firstText(paths: readonly string[], read: (path: string) => string | null): Named | null {
  for (const path of paths) {
    const text = read(path);
    if (text !== null) return { path, text };
  }
  return null;
}

interface Versions {
  readonly change: Change;
  readonly head: (ParsedRules & { readonly path: string }) | null;
  readonly base: { readonly path: string; readonly result: RulesResult } | null;
}

function together({ change, head, base }: Versions): FoundRules {
  if (base?.result.ok === true) return against({ path: base.path, ...base.result.value }, head, change);
  if (head === null) return { problem: `${base?.path ?? ""} is gone, and the one of the base cannot be read.` };
  return { ...head, loosened: null, notes: change.scope === "change" ? [firstNote(head.path, base !== null)] : [] };
}

function against(was: ParsedRules & Pick<Named, "path">, head: Versions["head"], change: Change): Rules {
  const path = head?.path ?? was.path;
  const loosenings = looseningsOf(was.file, head?.file ?? null);
  const found = { gaps: head?.gaps ?? was.gaps, path, loosened: { path, loosenings } };
  // What is staged has no commit that could be approved; the run on the commits decides.
  const counts =
    loosenings.length === 0 || change.scope === "staged" || isApproved([path, was.path], change, was.file.approval);
  if (counts && head !== null) return { ...found, file: head.file, notes: [] };
  const notes = loosenings.map(
    ({ words }) => `${path} was made looser without an approval, so the base's still judges: ${words}`,
  );
  return { ...found, file: strictest(was.file, head?.file ?? null), notes };
}

function firstNote(path: string, isUnreadable: boolean): string {
  return `${path} judges as the change has it: the base has ${isUnreadable ? "one that cannot be read" : "no such file"}.`;
}

const WHY_NO_LINK = "Git has no rules there, so the next change could not be held against them: write the file itself.";

/** Whether the work tree has it by way of a link. The repository itself may stand behind one. */
function isLinked({ folder }: Git, path: string): boolean {
  const whole = join(folder, path);
  if (isAbsolute(path) || !existsSync(whole)) return false;
  return realpathSync(whole) !== join(realpathSync(folder), path);
}

const WHY_NOT_CONVERTED =
  "Git then keeps another text, which would judge the next change: take its working-tree-encoding and filter away.";

/** The first path of which git keeps another text than the one that stands in the work tree: nobody could read there what judged here. */
function convertedOf(git: Git, paths: readonly string[]): string | null {
  const attributes = ["check-attr", "-z", "working-tree-encoding", "filter", "--"];
  const answer = git.asked([...attributes, ...paths.filter((path) => !isAbsolute(path))]) ?? "";
  // Path, attribute, value; path, attribute, value.
  const fields = answer.split("\0");
  const at = fields.findIndex((value, n) => n % 3 === 2 && !["unspecified", "unset"].includes(value));
  return at < 0 ? null : (fields[at - 2] ?? null);
}

function headText(git: Git, path: string, { rules, head }: Asked): string | null {
  if (head !== null && rules === undefined) return git.asked(["show", `${head}:${path}`]);
  try {
    return readFileSync(isAbsolute(path) ? path : join(git.folder, path), "utf8");
  } catch {
    return null;
  }
}

/** `--rules` is said from where the command runs; the repository's own name of it is the same from everywhere. */
function inRepository({ folder }: Git, rules: string): string {
  const whole = isAbsolute(rules) ? rules : join(process.cwd(), rules);
  const within = relative(folder, whole);
  return within.startsWith("..") || isAbsolute(within) ? whole : within.replaceAll("\\", "/");
}

function missing(rules: string | undefined): string {
  if (rules !== undefined)
    return `There is no ${rules}. \`shadow-infra init ci\` writes .shadow-infra/governance.json.`;
  return `There are no rules here: neither ${RULES_PATHS.join(" nor ")}. \`shadow-infra init ci\` writes them.`;
}

function problemWords(path: string, result: Extract<RulesResult, { readonly ok: false }>): string {
  return result.problems
    .map(({ line, column, key, message }) =>
      logText(`${path}:${line}:${column}: ${key === "" ? "" : `${key}: `}${message}`),
    )
    .join("\n");
}
