/** Changes, commits and surroundings as plain data, for tests of the rules. Says nothing on what the rules make of them. */
import { fits } from "../../../cli/governance/globs.ts";
import type { Change, ChangedFile, Commit } from "../../../core/governance/change.ts";
import type { Surroundings } from "../../../core/governance/check.ts";
import { type GovernanceFile, GovernanceFileSchema, type WrittenRule } from "../../../core/governance/rules.ts";

export const TODAY = "2026-03-01";

export function fileAt(path: string, more: Partial<ChangedFile> = {}): ChangedFile {
  return {
    path,
    status: "modified",
    oldPath: null,
    text: "",
    unread: null,
    baseText: "",
    added: 1,
    removed: 1,
    changedLines: null,
    ...more,
  };
}

/** Commits in a row, each on the one before, unless they say otherwise. */
export function inARow(...commits: readonly (Partial<Commit> & { readonly message: string })[]): readonly Commit[] {
  return commits.map((commit, n) => ({
    sha: `c${n + 1}`,
    author: "A Person <person@example.com>",
    files: [],
    isMerge: (commit.parents?.length ?? 1) > 1,
    parents: [n === 0 ? "base" : `c${n}`],
    ...commit,
  }));
}

export function changeOf(files: readonly ChangedFile[], commits: readonly Commit[] = []): Change {
  return { scope: "change", base: "base", head: "head", files, commits, tree: files.map(({ path }) => path) };
}

export function around(more: Partial<Surroundings> = {}): Surroundings {
  return {
    facts: () => null,
    secrets: () => Promise.resolve([]),
    read: () => null,
    readResult: () => null,
    fits,
    owners: () => null,
    approvals: () => Promise.resolve([]),
    matches: (pattern, text) => new RegExp(pattern, "u").test(text),
    loosened: null,
    today: TODAY,
    ...more,
  };
}

type WrittenCheck = WrittenRule["checks"][number];

/** A file with one rule, number 1, that has these checks. */
export function rulesOf(checks: readonly WrittenCheck[], more: Partial<WrittenRule> = {}): GovernanceFile {
  return GovernanceFileSchema.parse({ version: 1, rules: [ruleWith(checks, more)] });
}

export function ruleWith(checks: readonly WrittenCheck[], more: Partial<WrittenRule> = {}): WrittenRule {
  return {
    id: 1,
    category: "QUALITY",
    title: "A rule",
    severity: "ERROR",
    enforcement: "CI_BLOCK",
    checks: [...checks],
    ...more,
  };
}

/** A message with the tag and the lines that go with it. */
export const APPROVAL = "[ALEX-APPROVED] Take the schema\n\nApproved by: the owners of the schema\nRisk: low";
