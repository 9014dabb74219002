/** Schema files that changed without an approval after their last change. A rename out of the pattern, or a deletion, is a change too. */
import { approvalHint, isApproved } from "../approval.ts";
import type { ChangedFile } from "../change.ts";
import type { Check } from "../check.ts";
import { notAChange } from "./not-a-change.ts";

export const schemaApproval: Check<"schema-approval"> = ({ check, rule, file, change, around }) => {
  const none = notAChange(change);
  if (none !== null) return none;
  const isSchema = (path: string) => around.fits(path, check.schemas) && around.fits(path, rule.scope);
  const isStaged = change.scope === "staged";
  return change.files
    .filter((each) => each.status !== "unchanged" && pathsOf(each).some(isSchema))
    .filter((each) => !isApproved(pathsOf(each), change, file.approval))
    .map((each) => ({
      message: isStaged
        ? `the schema file ${each.path} changes, which will need an approval`
        : `the schema file ${each.path} was ${VERBS[each.status]} and no commit since approves it`,
      hint: approvalHint(file.approval),
      path: each.path,
      line: null,
      column: null,
      subject: each.path,
      // The approval is a later commit's.
      onlyWarns: isStaged,
    }));
};

const VERBS: Readonly<Record<ChangedFile["status"], string>> = {
  added: "added",
  modified: "changed",
  deleted: "deleted",
  renamed: "renamed",
  unchanged: "left alone",
};

function pathsOf({ path, oldPath }: ChangedFile): readonly string[] {
  return oldPath === null ? [path] : [path, oldPath];
}
