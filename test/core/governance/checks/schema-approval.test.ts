/** Schemas need an approval after their last change; a commit that is still to be made cannot have one. */
import { expect, test } from "vitest";
import { schemaApproval } from "../../../../core/governance/checks/schema-approval.ts";
import type { CheckOf } from "../../../../core/governance/rules.ts";
import { APPROVAL, changeOf, fileAt, inARow } from "../given.ts";
import { inputOf } from "./input.ts";

const CHECK: CheckOf<"schema-approval"> = { kind: "schema-approval", schemas: ["schemas/**", "!schemas/draft/**"] };
const schema = fileAt("schemas/a.json");

test("each schema that no commit approves is told by itself", () => {
  const change = changeOf(
    [schema, fileAt("schemas/b.json"), fileAt("schemas/draft/c.json"), fileAt("src/a.ts")],
    inARow({ message: APPROVAL, files: ["schemas/b.json"] }, { message: "x", files: ["schemas/a.json"] }),
  );
  expect(schemaApproval(inputOf(CHECK, change))).toMatchObject([{ path: "schemas/a.json", onlyWarns: false }]);
});

test("a file that only moved away is told by its new name", () => {
  const change = changeOf([fileAt("old/a.json", { status: "renamed", oldPath: "schemas/a.json" })]);
  expect(schemaApproval(inputOf(CHECK, change))).toMatchObject([{ path: "old/a.json", subject: "old/a.json" }]);
});

test("what is staged is told and not stopped; files that are all looked at are no change", () => {
  expect(schemaApproval(inputOf(CHECK, { ...changeOf([schema]), scope: "staged" }))).toMatchObject([
    { onlyWarns: true },
  ]);
  expect(schemaApproval(inputOf(CHECK, { ...changeOf([schema]), scope: "all" }))).toHaveProperty("notJudged");
});
