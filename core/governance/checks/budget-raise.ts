/** Budgets and rules that a change makes looser without an approval after it. */
import { approvalHint, isApproved } from "../approval.ts";
import { raisedBudgets } from "../budget-files.ts";
import type { Check, CheckResult } from "../check.ts";
import type { Hit } from "../violation.ts";
import { notAChange } from "./not-a-change.ts";

export const budgetRaise: Check<"budget-raise"> = ({ check, file, change, around }): CheckResult => {
  const none = notAChange(change);
  if (none !== null) return none;
  const isStaged = change.scope === "staged";
  const hit = (path: string, words: string): Hit => ({
    message: `${words}${isStaged ? ", which will need an approval" : ", and no commit since approves it"}`,
    hint: approvalHint(file.approval),
    path,
    line: null,
    column: null,
    subject: words,
    // The approval is a later commit's.
    onlyWarns: isStaged,
  });
  const rules = around.loosened;
  const ofRules =
    rules === null || isApproved([rules.path], change, file.approval)
      ? []
      : rules.loosenings.map(({ words }) => hit(rules.path, words));
  const ofFiles = change.files
    .filter(({ path, oldPath }) => [path, oldPath ?? path].some((each) => around.fits(each, check.files)))
    .filter(({ path, oldPath }) => !isApproved([path, oldPath ?? path], change, file.approval))
    .flatMap(({ path, baseText, text }) => raisedBudgets(baseText, text).map((words) => hit(path, words)));
  return [...ofRules, ...ofFiles];
};
