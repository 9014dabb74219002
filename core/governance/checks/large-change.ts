/** Changes that are too large to be read in one go, unless somebody approves them after their last commit. */
import { approvalHint, isApproved } from "../approval.ts";
import type { Check } from "../check.ts";
import { notAChange } from "./not-a-change.ts";

export const largeChange: Check<"large-change"> = ({ check, rule, file, change, around }) => {
  const none = notAChange(change);
  if (none !== null) return none;
  const counted = change.files.filter(
    ({ path }) => around.fits(path, rule.scope) && !(check.ignore.length > 0 && around.fits(path, check.ignore)),
  );
  const lines = counted.reduce((sum, { added, removed }) => sum + added + removed, 0);
  const over = [
    ...(lines > check.max_lines ? [`${lines} lines, more than ${check.max_lines}`] : []),
    ...(counted.length > check.max_files ? [`${counted.length} files, more than ${check.max_files}`] : []),
  ];
  if (over.length === 0) return [];
  const paths = counted.flatMap(({ path, oldPath }) => (oldPath === null ? [path] : [path, oldPath]));
  if (isApproved(paths, change, file.approval)) return [];
  return [
    {
      message: `the change is large: ${over.join(", and ")}`,
      hint: `Split it. Or: ${approvalHint(file.approval)}`,
      path: null,
      line: null,
      column: null,
      subject: null,
      onlyWarns: change.scope === "staged",
    },
  ];
};
