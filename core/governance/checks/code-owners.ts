/** Files without an owner, and, where a source of approvals is configured, files that no owner approved. */
import type { ChangedFile } from "../change.ts";
import type { Check, CheckInput, CheckResult } from "../check.ts";
import type { Hit } from "../violation.ts";

export const codeOwners: Check<"code-owners"> = async (input): Promise<CheckResult> => {
  const { check, change, files, around, rule } = input;
  const [first] = change.files;
  if (first === undefined) return [];
  const isGone = around.owners(first.path) === null;
  if (isGone && around.owners(first.path, "base") === null) return [noFile()];
  const unowned = isGone
    ? [fileGone()]
    : files.filter(({ path }) => around.owners(path)?.length === 0).map(withoutOwner);
  if (check.approvals === "none" || change.scope !== "change") return unowned;
  // A deletion needs its owner's word as well.
  const changed = change.files.filter(({ path }) => around.fits(path, rule.scope));
  return withApprovals(input, changed, unowned);
};

async function withApprovals(
  { check, around }: CheckInput<"code-owners">,
  changed: readonly ChangedFile[],
  unowned: readonly Hit[],
): Promise<CheckResult> {
  const source = check.approvals === "github" ? "github" : "commits";
  const approved = await around.approvals(source);
  if ("unknown" in approved) {
    if (unowned.length > 0) return unowned;
    return { notJudged: `who approved could not be asked: ${approved.unknown}`, because: "unreachable" };
  }
  const by = new Set(approved.map((each) => each.toLowerCase()));
  const missing = changed.flatMap((file) => {
    const owners = approversOf(file.path, around);
    return owners.length === 0 || owners.some((owner) => by.has(owner.toLowerCase())) ? [] : notApproved(file, owners);
  });
  return [...unowned, ...missing];
}

/** Those of the base, as on GitHub: nobody makes himself an owner and approves with it. The head's, where the base has none for the file. */
function approversOf(path: string, { owners }: CheckInput<"code-owners">["around"]): readonly string[] {
  const before = owners(path, "base") ?? [];
  return before.length > 0 ? before : (owners(path) ?? []);
}

/** Only warns: a repository takes up rules before it has owners. */
function noFile(): Hit {
  return {
    message: "there is no CODEOWNERS file, so no file has an owner",
    hint: "Write .github/CODEOWNERS, for example `* @owner/team`.",
    path: null,
    line: null,
    column: null,
    subject: null,
    onlyWarns: true,
  };
}

/** Blocks: otherwise a change would free itself of all owners by deleting the list of them. The base's owners approve meanwhile. */
function fileGone(): Hit {
  return {
    message: "the change takes CODEOWNERS away, so no file has an owner",
    hint: "Keep it, or move it to .github/, the top or docs/.",
    path: null,
    line: null,
    column: null,
    subject: "CODEOWNERS",
    onlyWarns: false,
  };
}

function withoutOwner({ path }: ChangedFile): Hit {
  return {
    message: `${path} has no owner`,
    hint: "Add a pattern for it to CODEOWNERS; the last one that fits decides.",
    path,
    line: null,
    column: null,
    subject: path,
    onlyWarns: false,
  };
}

function notApproved({ path }: ChangedFile, owners: readonly string[]): Hit {
  return {
    message: `no owner of ${path} has approved (${owners.join(", ")})`,
    hint: "Ask one of them.",
    path,
    line: null,
    column: null,
    subject: path,
    onlyWarns: false,
  };
}
