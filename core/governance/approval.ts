/**
 * Which commits approve what: an approval stands in the history after the change that it approves, in words of its own. What is quoted, what
 * git wrote itself and what another branch brought along approve nothing. Order is the commits' parentage, never their dates.
 */
import type { Change, Commit } from "./change.ts";
import type { GovernanceFile } from "./rules.ts";

type ApprovalForm = GovernanceFile["approval"];

/** Whether every commit that touches one of these paths is, or is followed by, one that approves. No commits: no. */
export function isApproved(paths: readonly string[], change: Change, form: ApprovalForm): boolean {
  const { touchingOf, covered } = historyOf(change.commits, form);
  const touching = new Set(paths.flatMap((path) => touchingOf.get(path) ?? []));
  if (touching.size === 0) return false;
  const open = [...touching].filter(({ sha }) => !covered.has(sha));
  if (open.length === 0) return true;
  // A merge's message speaks of the branch that it brings; it approves only what was put together in it.
  const merges = [...touching].filter((commit) => commit.isMerge && approves(commit, form));
  const byMerges = merges.length === 0 ? covered : ancestorsOf(merges, change.commits);
  return open.every(({ sha }) => byMerges.has(sha));
}

interface History {
  readonly touchingOf: ReadonlyMap<string, readonly Commit[]>;
  /** Commits that approve whatever came before them, and all of that. */
  readonly covered: ReadonlySet<string>;
}

/** Asked once for each file of a change, so what is the same for all of them is looked up once. */
const histories = new WeakMap<readonly Commit[], Map<ApprovalForm, History>>();

function historyOf(commits: readonly Commit[], form: ApprovalForm): History {
  const ofForms = histories.get(commits) ?? new Map<ApprovalForm, History>();
  histories.set(commits, ofForms);
  const known = ofForms.get(form) ?? {
    touchingOf: touchingByPath(commits),
    covered: ancestorsOf(
      commits.filter((commit) => !commit.isMerge && approves(commit, form)),
      commits,
    ),
  };
  ofForms.set(form, known);
  return known;
}

function touchingByPath(commits: readonly Commit[]): ReadonlyMap<string, readonly Commit[]> {
  const byPath = new Map<string, Commit[]>();
  for (const commit of commits)
    for (const path of commit.files) {
      const before = byPath.get(path);
      if (before === undefined) byPath.set(path, [commit]);
      else before.push(commit);
    }
  return byPath;
}

/** Whether this commit's message holds the tag and the lines that go with it. */
export function approves({ message }: Pick<Commit, "message">, { tag, required_lines }: ApprovalForm): boolean {
  if (isProvisional(message) || isRevert(message)) return false;
  const lines = spokenLines(message);
  return lines.some((line) => line.includes(tag)) && required_lines.every((start) => hasLine(lines, start));
}

/** What to do about a missing approval, as a hint. */
export function approvalHint({ tag, required_lines }: ApprovalForm): string {
  const lines = required_lines.map((line) => `"${line} …"`).join(" and ");
  const with_ = lines === "" ? "" : ` with the ${required_lines.length === 1 ? "line" : "lines"} ${lines}`;
  return `Have it approved, then add a commit after the last such change whose message has ${tag}${with_}; it may be empty (git commit --allow-empty).`;
}

/** Commits that `git rebase --autosquash` takes apart: their messages are thrown away. */
function isProvisional(message: string): boolean {
  return /^(?:fixup|squash|amend)! /.test(message);
}

/** A revert quotes the message that it takes back. */
function isRevert(message: string): boolean {
  return /^(?:Revert|Reapply) "/.test(message) || /^This (?:reverts|reapplies) commit\b/m.test(message);
}

/** Lines in the author's own words: no code blocks, no quotations, no inline code. */
function spokenLines(message: string): readonly string[] {
  const spoken: string[] = [];
  let fence: string | null = null;
  for (const line of message.split(/\r?\n/)) {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1] ?? null;
    if (mark !== null && (fence === null || fence === mark)) fence = fence === null ? mark : null;
    else if (fence === null && !/^(?: {4}|\t|\s*>)/.test(line)) spoken.push(line.replaceAll(/`[^`]*`/g, ""));
  }
  return spoken;
}

/** A line that begins so and goes on with something: neither nothing nor a placeholder such as `<name>`. */
function hasLine(lines: readonly string[], start: string): boolean {
  return lines.some((line) => {
    const text = line.trim();
    if (!text.toLowerCase().startsWith(start.toLowerCase())) return false;
    const rest = text.slice(start.length).trim();
    return /[\p{L}\p{N}]/u.test(rest) && !/^<[^@>]*>$/.test(rest);
  });
}

/** These commits and all before them. */
function ancestorsOf(commits: readonly Commit[], all: readonly Commit[]): ReadonlySet<string> {
  const parentsOf = new Map(all.map(({ sha, parents }) => [sha, parents]));
  const seen = new Set<string>();
  const open = commits.map(({ sha }) => sha);
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (seen.has(sha)) continue;
    seen.add(sha);
    open.push(...(parentsOf.get(sha) ?? []));
  }
  return seen;
}
