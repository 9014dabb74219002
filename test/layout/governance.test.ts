/** This project keeps its own rules, and each of them would notice: a planted change that breaks it, and one that only looks like it. */
import { beforeAll, describe, expect, test } from "vitest";
import { gitIn } from "../../cli/governance/git.ts";
import { readOwners } from "../../cli/governance/owners.ts";
import { type Machine, type RunResult, runGovernance } from "../../cli/governance/run.ts";
import { surroundingsOf } from "../../cli/governance/surroundings.ts";
import type { Change } from "../../core/governance/change.ts";
import type { Surroundings } from "../../core/governance/check.ts";
import { judge, onlyRules } from "../../core/governance/judge.ts";
import { type GovernanceFile, GovernanceFileSchema } from "../../core/governance/rules.ts";
import { PLANTED, type Planted } from "./governance-cases.ts";
import { LAYERS } from "./layers.ts";
import { projectTree, ROOT, textOf } from "./project-tree.ts";

const file: GovernanceFile = GovernanceFileSchema.parse(JSON.parse(textOf(".shadow-infra/governance.json")));
const ids = file.rules.map(({ id }) => String(id));

/** Exceptions hold on this day. That one has expired is for the run in CI to say, not for a test that nobody changed. */
const DAY = "2026-11-22";

describe("the whole tree", () => {
  const machine: Machine = { folder: ROOT, env: {}, now: new Date(`${DAY}T12:00:00Z`) };
  // Not the last probe of whatever ran on this machine.
  const only = ids.filter((id) => id !== "12");
  const wanted = { scope: "all", only, requiresResults: false, message: null } as const;
  let result: RunResult;
  beforeAll(async () => {
    result = await runGovernance(wanted, machine);
  }, 60_000);

  test("breaks no rule without a reasoned exception", () => {
    if ("problem" in result) throw new Error(result.problem);
    expect(result.violations.filter(({ exception }) => exception === null)).toEqual([]);
    expect(result.outcomes.filter(({ state }) => state === "passed").length).toBeGreaterThan(8);
  });

  test("needs every exception that is listed", () => {
    if ("problem" in result) throw new Error(result.problem);
    expect(result.exceptions.filter(({ state }) => state !== "used")).toEqual([]);
  });
});

test("the twelve rules are there, and this project's own", () => {
  expect(ids.slice(0, 12)).toEqual(Array.from({ length: 12 }, (_, n) => String(n + 1)));
  expect(ids.slice(12)).toEqual(["contract-approval", "policy-approval", "tee-imports", "layers", "tests-beside"]);
  expect(PLANTED.map(({ rule }) => rule)).toEqual(ids);
});

const NOTHING: Change = { scope: "all", base: null, head: null, files: [], commits: [], tree: [] };
const rules = { file, loosened: null };
const real = await surroundingsOf({ git: gitIn(ROOT), change: NOTHING, rules, env: {}, today: DAY });
const own = readOwners(textOf(".github/CODEOWNERS"));

/** As governance looks at a change, but that a case says what a probe measured and who owns what. */
function around(planted: Planted, kind: "fires" | "silent"): Surroundings {
  return {
    ...real,
    read: (path) => (path === "docs/cryptography.md" ? textOf(path) : null),
    readResult: () => planted.results?.[kind] ?? null,
    owners: (path) => planted.owners?.[kind] ?? own(path),
  };
}

describe.each(PLANTED)("rule $rule", (planted) => {
  const only = onlyRules({ ...file, exceptions: [] }, [planted.rule]);
  const judged = (kind: "fires" | "silent") => judge(planted[kind], only, around(planted, kind));

  test("notices what breaks it", async () => {
    const { violations, outcomes } = await judged("fires");
    expect(violations.map(({ ruleId }) => ruleId)).toContain(planted.rule);
    expect(outcomes.map(({ state }) => state)).toEqual([expect.stringMatching(/^(failed|warned)$/)]);
  });

  test("is silent about what only looks like it", async () => {
    expect(await judged("silent")).toMatchObject({ violations: [], outcomes: [{ state: "passed" }] });
  });
});

test("every file of the project has an owner", () => {
  expect(projectTree().filter((path) => own(path).length === 0)).toEqual([]);
});

test("the layers of the rules are those of the tests", () => {
  const layers = file.rules.flatMap(({ checks }) =>
    checks.flatMap((check) => (check.kind === "layers" ? check.layers : [])),
  );
  const expected = LAYERS.filter(({ layer }) => layer !== "test/").map(({ layer, mayImport }) => ({
    from: `${layer}**`,
    may_import: mayImport.map((start) => `${start}**`),
  }));
  const sorted = (rows: typeof layers) => rows.map((row) => ({ ...row, may_import: row.may_import.toSorted() }));
  expect(sorted(layers)).toEqual(sorted(expected));
});
