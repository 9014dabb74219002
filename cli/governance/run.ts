/** A run: which commits -> what is different -> which rules -> judged -> a report. Reads; writes nothing. */
import type { AlexGap } from "../../core/governance/alex.ts";
import type { Change } from "../../core/governance/change.ts";
import { judge, onlyRules } from "../../core/governance/judge.ts";
import type { GovernanceFile } from "../../core/governance/rules.ts";
import type { RuleOutcome } from "../../core/governance/violation.ts";
import { MAX_FILE_BYTES } from "./blobs.ts";
import { commitOf, type Git, GitError, gitIn } from "./git.ts";
import type { GovernanceProgress } from "./progress.ts";
import { type Range, rangeOf } from "./range.ts";
import { readAll, readRange, readStaged } from "./read-change.ts";
import { exitCodeOf, gapWords, type Report } from "./report.ts";
import { findRules, type Rules } from "./rules-file.ts";
import { surroundingsOf } from "./surroundings.ts";

export interface Wanted {
  readonly scope: "change" | "all" | "staged";
  readonly base?: string;
  readonly head?: string;
  readonly rules?: string;
  /** Ids of rules; none means all. */
  readonly only: readonly string[];
  readonly requiresResults: boolean;
  /** The message of the commit to be, for `staged`. */
  readonly message: string | null;
}

export interface Machine {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  readonly progress?: Pick<GovernanceProgress, "say" | "looked">;
}

/** `usage` is wrong usage or rules that cannot be read, `undecided` a history that could not be looked at. */
export type RunResult = Report | { readonly problem: string; readonly kind: "usage" | "undecided" };

/** Throws a `GitError` where git fails in a way that nobody foresaw. */
export async function runGovernance(wanted: Wanted, { folder, env, now, progress }: Machine): Promise<RunResult> {
  const git = repositoryOf(folder);
  if (typeof git === "string") return { problem: git, kind: "usage" };
  progress?.say("Reading what is different");
  const looked = look(git, wanted, env);
  if ("problem" in looked) return looked;
  const { change, subject } = looked;
  const rules = await findRules(git, change, { rules: wanted.rules, head: rulesHead(wanted, change) });
  if ("problem" in rules) return { ...rules, kind: "usage" };
  const file = wanted.only.length === 0 ? rules.file : onlyRules(rules.file, wanted.only);
  const unknown = unknownRules(wanted.only, rules);
  if (unknown !== null) return { problem: unknown, kind: "usage" };
  const today = now.toISOString().slice(0, 10);
  // Of the rules that judge: what they do not need is not loaded.
  const around = await surroundingsOf({ git, change, rules: { ...rules, file }, env, today });
  const judged = await judge(change, file, { ...around, looked: progress?.looked });
  const gaps = rules.gaps.filter(({ ruleId }) => wanted.only.length === 0 || wanted.only.includes(ruleId));
  return {
    scope: change.scope,
    subject,
    base: change.base,
    head: change.head,
    rulesPath: rules.path,
    rules: file.rules,
    ...judged,
    outcomes: [...judged.outcomes, ...gaps.flatMap(outcomeOfGap)],
    notes: [...rules.notes, ...gaps.map(gapWords), ...unreadNotes(change), ...emptyNotes(change)],
    exitCode: exitCodeOf(judged, file, wanted.requiresResults),
  };
}

/** Asked from the top, wherever in the repository somebody stands; or why there is none, in words. */
function repositoryOf(folder: string): Git | string {
  const git = gitIn(folder);
  try {
    return gitIn(git.text(["rev-parse", "--show-toplevel"]).replace(/\n$/, ""));
  } catch (error) {
    if (!(error instanceof GitError) || error.isMissing) throw error;
    // A bare repository has commits to judge all the same.
    if (error.message.includes("must be run in a work tree")) return git;
    if (error.message.includes("not a git repository")) return `${folder} is in no git repository.`;
    // Such as a folder of another user, with git's own advice.
    return error.message;
  }
}

type Looked =
  | { readonly change: Change; readonly subject: string }
  | { readonly problem: string; readonly kind: "usage" | "undecided" };

function look(git: Git, { scope, base, head, message }: Wanted, env: Machine["env"]): Looked {
  if (scope === "staged") {
    const change = readStaged(git, message);
    return { change, subject: plural(change.files.length, "staged file") };
  }
  if (scope === "all") {
    const sha = commitOf(git, head ?? "HEAD");
    if (sha === null)
      return {
        problem: head === undefined ? "There is no commit yet." : `--head ${head} is no commit here.`,
        kind: "usage",
      };
    const change = readAll(git, sha);
    return { change, subject: `all ${plural(change.files.length, "file")} of ${sha.slice(0, 10)}` };
  }
  const range = rangeOf(git, { base, head }, env);
  if ("problem" in range) return range;
  const change = readRange(git, range);
  return { change, subject: subjectOf(change, range) };
}

function subjectOf({ files, commits }: Change, { base, head, baseName }: Range): string {
  const from = base === null ? "the beginning" : `${nameOf(baseName)} (${base.slice(0, 10)})`;
  return `${plural(files.length, "file")} in ${plural(commits.length, "commit")}, from ${from} to ${head.slice(0, 10)}`;
}

function nameOf(base: string): string {
  return /^[0-9a-f]{40,}$/.test(base) ? base.slice(0, 10) : base;
}

/** A head that somebody names has its own rules; otherwise the file of the work tree is the one that is meant. */
function rulesHead({ head }: Wanted, change: Change): string | null {
  return head === undefined ? null : change.head;
}

function unknownRules(only: readonly string[], { file, gaps }: Rules): string | null {
  const known = new Set([...file.rules.map(({ id }) => String(id)), ...gaps.map(({ ruleId }) => ruleId)]);
  const unknown = only.filter((id) => !known.has(id));
  return unknown.length === 0 ? null : `--only ${unknown.join(", ")}: there is no such rule. Known: ${listOf(file)}.`;
}

function listOf({ rules }: GovernanceFile): string {
  return rules.map(({ id }) => String(id)).join(", ");
}

function outcomeOfGap({ ruleId, title, sentence }: AlexGap): readonly RuleOutcome[] {
  const reason = "no check of ours fits";
  return sentence === null ? [{ ruleId, title, state: "not-judged", reason, because: null }] : [];
}

function unreadNotes({ files }: Change): readonly string[] {
  return files
    .filter(({ unread }) => unread === "too-large")
    .map(({ path }) => `${path} was not read: it is larger than ${MAX_FILE_BYTES / 1024} KiB`);
}

function emptyNotes({ scope, files }: Change): readonly string[] {
  if (scope !== "change" || files.length > 0) return [];
  return ["Nothing is different. --base names another base, --all looks at every file."];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
