/** What is looser in files beside the rules is told, until a commit after it approves; where a file goes does not hide it. */
import { expect, test } from "vitest";
import { budgetRaise } from "../../../../core/governance/checks/budget-raise.ts";
import type { CheckOf } from "../../../../core/governance/rules.ts";
import { APPROVAL, changeOf, fileAt, inARow } from "../given.ts";
import { inputOf } from "./input.ts";

const PROBE = ".shadow-infra/probe.json";
const CHECK: CheckOf<"budget-raise"> = { kind: "budget-raise", files: [PROBE, "budgets.yml"] };
const FULL = JSON.stringify({ endpoints: [{ path: "/a", schema: "schemas/a.json" }, { path: "/b" }] });
const HOLLOW = JSON.stringify({ endpoints: [{ path: "/a", schema: "schemas/a.json" }] });

test("an endpoint that is no longer probed needs an approval, and one that was given holds", () => {
  const file = fileAt(PROBE, { baseText: FULL, text: HOLLOW });
  const commits = inARow({ message: "x", files: [PROBE] }, { message: APPROVAL });
  expect(budgetRaise(inputOf(CHECK, changeOf([file])))).toMatchObject([
    { path: PROBE, message: "GET /b is no longer asked, and no commit since approves it", onlyWarns: false },
  ]);
  expect(budgetRaise(inputOf(CHECK, changeOf([file], commits)))).toEqual([]);
  expect(budgetRaise(inputOf(CHECK, { ...changeOf([file]), scope: "staged" }))).toMatchObject([{ onlyWarns: true }]);
});

test("a file that moves to where nobody looks for it is gone", () => {
  const moved = fileAt("old/probe.json", { status: "renamed", oldPath: PROBE, baseText: FULL, text: FULL });
  expect(budgetRaise(inputOf(CHECK, changeOf([moved])))).toMatchObject([{ path: "old/probe.json" }]);
});

test("the schema of an answer changes with an approval, although the probe that names it stays as it is", () => {
  const schema = fileAt(".shadow-infra/schemas/a.json", { baseText: "{}", text: "true" });
  const change = { ...changeOf([schema, fileAt("schemas/a.json")]), tree: [PROBE, "schemas/a.json"] };
  const read = (path: string, at?: "head" | "base") => (path === PROBE && at === "base" ? FULL : null);
  expect(budgetRaise(inputOf(CHECK, change, { read }))).toMatchObject([{ path: ".shadow-infra/schemas/a.json" }]);
  const approved = { ...change, commits: inARow({ message: APPROVAL, files: [".shadow-infra/schemas/a.json"] }) };
  expect(budgetRaise(inputOf(CHECK, approved, { read }))).toEqual([]);
});
