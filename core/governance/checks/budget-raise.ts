/** Budgets, probes, rules and the workflow that runs them, made looser by a change without an approval after it. */
import { approvalHint, isApproved } from "../approval.ts";
import { fileLoosenings } from "../budget-files.ts";
import type { Check, CheckInput, CheckResult } from "../check.ts";
import { probeConfigOf, schemaPathsOf } from "../probe-loosening.ts";
import type { Hit } from "../violation.ts";
import { notAChange } from "./not-a-change.ts";

type Input = CheckInput<"budget-raise">;

export const budgetRaise: Check<"budget-raise"> = (input): CheckResult => {
  const { file, change, around } = input;
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
  return [...ofRules, ...ofFiles(input, hit), ...ofSchemas(input, hit)];
};

type HitOf = (path: string, words: string) => Hit;

/** A file that moves to where nobody looks for it is gone. */
function ofFiles({ check, file, change, around }: Input, hit: HitOf): readonly Hit[] {
  return change.files.flatMap(({ path, oldPath, baseText, text }) => {
    const was = oldPath ?? path;
    if (!around.fits(was, check.files) || isApproved([path, was], change, file.approval)) return [];
    const is = around.fits(path, check.files) ? text : null;
    return fileLoosenings(was, baseText, is).map((words) => hit(path, words));
  });
}

/** A schema that a probe names may change while the probe's own file stays as it is. */
function ofSchemas({ check, file, change, around }: Input, hit: HitOf): readonly Hit[] {
  const probes = new Set([...change.tree, ...change.files.map((each) => each.oldPath ?? each.path)]);
  const named = [...probes]
    .filter((path) => path.endsWith(".json") && around.fits(path, check.files))
    .flatMap((path) => {
      const probe = probeConfigOf(path, around.read(path, "base"));
      return probe === null ? [] : schemaPathsOf(path, probe).map((schema) => ({ schema, path }));
    });
  return change.files.flatMap(({ path, oldPath, status }) => {
    const was = oldPath ?? path;
    const probe = status === "added" ? undefined : named.find(({ schema }) => schema === was);
    if (probe === undefined || isApproved([path, was], change, file.approval)) return [];
    return [hit(path, `the schema ${was}, to which ${probe.path} holds answers, was changed`)];
  });
}
