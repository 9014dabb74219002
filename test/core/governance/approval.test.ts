/** An approval counts where it comes after what it approves, in words of its own. */
import { describe, expect, test } from "vitest";
import { approves, isApproved } from "../../../core/governance/approval.ts";
import type { Commit } from "../../../core/governance/change.ts";
import { APPROVAL, changeOf, inARow } from "./given.ts";

const FORM = { tag: "[ALEX-APPROVED]", required_lines: ["Approved by:", "Risk:"] };
const LINES = "Approved by: the owners\nRisk: low";

describe("a message approves", () => {
  test.each([
    ["with the tag in its first line", APPROVAL],
    ["with the tag in a line of its own", `Change the schema\n\n[ALEX-APPROVED]\n${LINES}`],
    ["with lines in another case, as a list", `[ALEX-APPROVED]\n\napproved by: x\nRISK: none`],
    ["with CRLF", APPROVAL.replaceAll("\n", "\r\n")],
    ["with an address as approver", `[ALEX-APPROVED] x\n\nApproved by: <owner@example.com>\nRisk: low`],
    ["after a code block that ended", `x\n\n\`\`\`\ncode\n\`\`\`\n[ALEX-APPROVED]\n${LINES}`],
  ])("%s", (_, message) => {
    expect(approves({ message }, FORM)).toBe(true);
  });
});

describe("a message does not approve", () => {
  test.each([
    ["without the tag", `Change the schema\n\n${LINES}`],
    ["with a tag that is nearly it", `[ALEX_APPROVED] x\n\n${LINES}`],
    ["with the tag in another case", `[alex-approved] x\n\n${LINES}`],
    ["without an approver", "[ALEX-APPROVED] x\n\nRisk: low"],
    ["with an empty approver", "[ALEX-APPROVED] x\n\nApproved by:  \nRisk: low"],
    ["with a placeholder as approver", "[ALEX-APPROVED] x\n\nApproved by: <name>\nRisk: low"],
    ["with dots as risk", "[ALEX-APPROVED] x\n\nApproved by: x\nRisk: ..."],
    ["without a risk", "[ALEX-APPROVED] x\n\nApproved by: x"],
    ["with the tag in a code block", `x\n\n\`\`\`\n[ALEX-APPROVED]\n\`\`\`\n${LINES}`],
    ["with the tag in a code block that never ends", `x\n\n~~~\n[ALEX-APPROVED]\n${LINES}`],
    ["with the tag indented as code", `x\n\n    [ALEX-APPROVED]\n${LINES}`],
    ["with the tag as inline code", `Ask for \`[ALEX-APPROVED]\`\n\n${LINES}`],
    ["with the tag quoted", `x\n\n> [ALEX-APPROVED]\n${LINES}`],
    ["with the lines quoted", `[ALEX-APPROVED]\n\n> Approved by: x\n> Risk: low`],
    ["as a revert of one that does", `Revert "[ALEX-APPROVED] x"\n\nThis reverts commit 0123abc.\n\n${LINES}`],
    ["as a revert with the old message below", `Take it back\n\nThis reverts commit 0123abc.\n\n${APPROVAL}`],
    ["as a fixup", `fixup! ${APPROVAL}`],
    ["as a squash", `squash! x\n\n${APPROVAL}`],
  ])("%s", (_, message) => {
    expect(approves({ message }, FORM)).toBe(false);
  });
});

const PATH = "schema.ts";
const touch = (message = "Change the schema") => ({ message, files: [PATH] });
const empty = { message: APPROVAL };

describe("a path is approved", () => {
  test.each([
    ["by the commit that changes it", inARow(touch(APPROVAL))],
    ["by an empty commit after it", inARow(touch(), empty)],
    ["by one after other commits", inARow(touch(), { message: "x", files: ["a.ts"] }, empty)],
    ["by one after both changes", inARow(touch(), touch(), empty)],
    [
      "on a side branch that is merged whole",
      inARow(
        { message: "on main", files: ["a.ts"] },
        { ...touch(APPROVAL), parents: ["base"] },
        { message: "Merge branch 'side'", parents: ["c1", "c2"] },
      ),
    ],
    [
      "by a merge that puts it together itself",
      inARow(touch(), { ...touch(), parents: ["base"] }, { ...touch(APPROVAL), parents: ["c1", "c2"] }),
    ],
  ] satisfies [string, readonly Commit[]][])("%s", (_, commits) => {
    expect(isApproved([PATH], changeOf([], commits), FORM)).toBe(true);
  });
});

describe("a path is not approved", () => {
  test.each([
    ["without commits", inARow()],
    ["where nothing touches it", inARow(empty)],
    ["by a commit before it", inARow(empty, touch())],
    ["where it changed again afterwards", inARow(touch(APPROVAL), touch())],
    [
      "on a branch beside it",
      inARow(touch(), { ...empty, parents: ["base"] }, { message: "Merge", parents: ["c1", "c2"] }),
    ],
    [
      "by the words of a merge that only brings it",
      inARow(
        touch(),
        { message: "x", parents: ["base"] },
        { message: `Merge branch 'x'\n\n${APPROVAL}`, parents: ["c2", "c1"] },
      ),
    ],
    [
      "where a merge puts two approved changes together",
      inARow(touch(APPROVAL), { ...touch(APPROVAL), parents: ["base"] }, { ...touch("Merge"), parents: ["c1", "c2"] }),
    ],
  ] satisfies [string, readonly Commit[]][])("%s", (_, commits) => {
    expect(isApproved([PATH], changeOf([], commits), FORM)).toBe(false);
  });
});

test("a renamed file is approved only after the last touch of either name", () => {
  const change = changeOf(
    [],
    inARow({ message: APPROVAL, files: ["old.ts"] }, { message: "Move it", files: ["old.ts", PATH] }),
  );
  expect(isApproved(["old.ts", PATH], change, FORM)).toBe(false);
});

test("without required lines the tag alone approves, and another tag is another tag", () => {
  expect(approves({ message: "OK-BY-OWNER x" }, { tag: "OK-BY-OWNER", required_lines: [] })).toBe(true);
  expect(approves({ message: APPROVAL }, { tag: "OK-BY-OWNER", required_lines: [] })).toBe(false);
});
