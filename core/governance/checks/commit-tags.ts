/** First lines of commits that do not say what kind of change they are. */
import type { Commit } from "../change.ts";
import type { Check, CheckResult } from "../check.ts";
import type { Rule } from "../rules.ts";
import type { Hit } from "../violation.ts";
import { noCommits } from "./not-a-change.ts";

export const commitTags: Check<"commit-tags"> = ({ check: { pattern }, rule, change, around }): CheckResult => {
  const none = noCommits(change);
  if (none !== null) return none;
  const hits: Hit[] = [];
  for (const commit of change.commits) {
    // Git writes these itself.
    if (commit.isMerge) continue;
    const subject = subjectOf(commit);
    const matches = around.matches(pattern, subject);
    if (matches === null) return { notJudged: `"${pattern}" is no pattern in RE2 syntax`, because: "unreachable" };
    if (!matches) hits.push({ ...hitOf(commit, subject, pattern), hint: hintOf(rule) });
  }
  return hits;
};

/** A revert carries the first line of what it takes back in quotation marks. */
function subjectOf({ message }: Commit): string {
  const [first = ""] = message.split(/\r?\n/, 1);
  return /^(?:Revert|Reapply) "(.*)"$/.exec(first)?.[1] ?? first;
}

/** What the rule says of itself is read more easily than its pattern. */
function hintOf({ description }: Rule): string {
  return `${description} Reword it: git rebase -i, then reword; the last one: git commit --amend.`.trim();
}

function hitOf({ sha }: Commit, subject: string, pattern: string): Omit<Hit, "hint"> {
  return {
    message: `commit ${sha.slice(0, 10)} "${subject}" does not match ${pattern}`,
    path: null,
    line: null,
    column: null,
    subject: sha,
    onlyWarns: false,
  };
}
