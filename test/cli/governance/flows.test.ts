/** Whole runs: which rules judge a change of the rules, what is staged, the other format, exceptions, and what cannot be judged. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { ruleWith } from "../../core/governance/given.ts";
import { hits, problem, report, run } from "./judged.ts";
import { changed, git, removeRepositories, repository } from "./repository.ts";

afterAll(removeRepositories);

const PATH = ".shadow-infra/governance.json";
const APPROVED = "[ALEX-APPROVED] Raise it\n\nApproved by: the owners\nRisk: low";

const LARGE = ruleWith([{ kind: "large-change", max_lines: 10 }]);
const RAISE = ruleWith([{ kind: "budget-raise" }], { id: "raise" });
const OWNED = ruleWith([{ kind: "code-owners" }], { id: "owned", severity: "CRITICAL" });

function rules(...all: readonly object[]): string {
  return JSON.stringify({ version: 1, rules: all }, null, 2);
}
const with100 = rules({ ...LARGE, checks: [{ kind: "large-change", max_lines: 100 }] }, RAISE);
const LONG = "x\n".repeat(50);

describe("a change of the rules", () => {
  const base = { [PATH]: rules(LARGE, RAISE) };

  test("cannot make room for itself", async () => {
    const found = await report(changed(base, { message: "Relax", files: { [PATH]: with100, "a.txt": LONG } }));
    expect(hits(found)).toEqual([
      expect.stringContaining("more than 10"),
      expect.stringContaining("rule 1: large-change: max_lines was 10 and is 100, and no commit since approves it"),
    ]);
    expect(found.notes).toEqual([expect.stringContaining("the base's still judges: rule 1: large-change: max_lines")]);
    expect(found.exitCode).toBe(1);
  });

  test("counts once it is approved, and no longer once it changed again", async () => {
    const relax = { message: "Relax", files: { [PATH]: with100, "a.txt": LONG } };
    expect(await report(changed(base, relax, { message: APPROVED }))).toMatchObject({ exitCode: 0, notes: [] });
    const more = { message: "More", files: { [PATH]: with100.replace("100", "200") } };
    expect(await report(changed(base, relax, { message: APPROVED }, more))).toMatchObject({ exitCode: 1 });
  });

  test("that makes them stricter counts at once", async () => {
    const strict = rules({ ...LARGE, checks: [{ kind: "large-change", max_lines: 3 }] }, RAISE);
    const found = await report(
      changed(base, { message: "Tighten", files: { [PATH]: strict, "a.txt": "x\n".repeat(4) } }),
    );
    expect(hits(found)).toEqual([expect.stringContaining("more than 3")]);
  });

  test("that removes them, or brings a file that is looked at first, is held against the base's", async () => {
    const gone = await report(changed(base, { message: "Away", files: { [PATH]: null, "a.txt": LONG } }));
    expect(hits(gone).join("\n")).toContain("the file of rules is gone");
    expect(gone.exitCode).toBe(1);
    const alex = {
      ".github/ALEX_RULES.json": JSON.stringify({
        rules: [{ id: 6, title: "Large changes", severity: "ERROR", enforcement: "CI_BLOCK" }],
      }),
    };
    const other = await report(
      changed(alex, { message: "Ours", files: { [PATH]: rules(RAISE), "a.txt": "x\n".repeat(600) } }),
    );
    expect(hits(other)).toEqual(
      expect.arrayContaining([expect.stringContaining("more than 500"), expect.stringContaining("rule 6: it is gone")]),
    );
  });

  test("that is the first one judges by itself, which is said", async () => {
    const found = await report(changed({}, { message: "Begin", files: { [PATH]: rules(LARGE) } }));
    expect(found.notes).toEqual([`${PATH} judges as the change has it: the base has no such file.`]);
  });

  test("with an exception of a CRITICAL rule silences nothing before it is approved", async () => {
    const owners = { ".github/CODEOWNERS": "/docs/ @o/docs\n", [PATH]: rules(OWNED) };
    const exception = { rule: "owned", path: "**", reason: "Owners come next week", expires: "2026-03-02" };
    const silenced = JSON.stringify({ ...JSON.parse(rules(OWNED)), exceptions: [exception] });
    const steps = { message: "Silence", files: { [PATH]: silenced, "a.txt": "x" } };
    const before = await report(changed(owners, steps));
    expect(before).toMatchObject({
      exitCode: 1,
      notes: [expect.stringContaining("a new exception for ** until 2026-03-02")],
    });
    const after = await report(changed(owners, steps, { message: APPROVED }));
    expect(after).toMatchObject({ exitCode: 0, exceptions: [{ state: "used" }] });
  });
});

describe("what is staged", () => {
  const staged = (files: Readonly<Record<string, string>>): string => {
    const folder = changed({
      [PATH]: rules(LARGE, RAISE, ruleWith([{ kind: "commit-tags", pattern: "^feat: " }], { id: "tags" })),
    });
    git(folder, ["symbolic-ref", "HEAD", "refs/heads/main"]);
    git(folder, ["reset", "-q", "--hard"]);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    git(folder, ["add", "-A"]);
    return folder;
  };
  const wanted = { scope: "staged", base: undefined, head: undefined } as const;

  test("is told of what will need an approval, and not stopped by it", async () => {
    const found = await report(staged({ "a.txt": LONG, [PATH]: rules(LARGE) }), wanted);
    expect(found.exitCode).toBe(0);
    expect(found.outcomes.find(({ ruleId }) => ruleId === "1")).toMatchObject({ state: "warned" });
  });

  test("has a message only where somebody gives it", async () => {
    const folder = staged({ "a.txt": "x" });
    const without = await report(folder, wanted);
    expect(without.outcomes.at(-1)).toMatchObject({ state: "not-judged", because: null });
    expect((await report(folder, { ...wanted, message: "did things" })).exitCode).toBe(1);
    expect((await report(folder, { ...wanted, message: "feat: do things" })).exitCode).toBe(0);
  });
});

test("rules and sentences of the other format that no check does are listed, never dropped", async () => {
  const alex = {
    governance_id: "GID-08",
    rules: [
      {
        id: 6,
        title: "Large changes require approval",
        severity: "ERROR",
        enforcement: "CI_BLOCK",
        checks: ["Nobody is rude"],
      },
      { id: 7, title: "Be kind", category: "CULTURE" },
    ],
  };
  const found = await report(
    changed({ ".github/ALEX_RULES.json": JSON.stringify(alex) }, { message: "x", files: { "a.txt": "x" } }),
  );
  expect(found.outcomes.at(-1)).toMatchObject({ ruleId: "7", title: "Be kind", state: "not-judged" });
  expect(found.notes).toEqual([
    'rule 6: "Nobody is rude" is not judged: no check of ours fits',
    "rule 7: not judged: no check of ours fits",
  ]);
});

test("a rule that blocks and cannot ask who approved leaves the run undecided", async () => {
  const owned = ruleWith([{ kind: "code-owners", approvals: "github" }]);
  const folder = changed(
    { [PATH]: rules(owned), CODEOWNERS: "* @someone\n" },
    { message: "x", files: { "a.txt": "x" } },
  );
  expect(await report(folder)).toMatchObject({
    exitCode: 3,
    outcomes: [{ because: "unreachable", reason: expect.stringContaining("GITHUB_TOKEN is not set") }],
  });
});

test("a file that is too large to be read is named", async () => {
  const folder = changed({ [PATH]: rules(LARGE) }, { message: "x", files: { "a.json": "x".repeat(2_000_000) } });
  expect((await report(folder)).notes).toContain("a.json was not read: it is larger than 1024 KiB");
});

test("a bare repository is judged by its commits", async () => {
  const folder = changed({ [PATH]: rules(LARGE) }, { message: "x", files: { "a.txt": LONG } });
  expect((await report(join(folder, ".git"))).exitCode).toBe(1);
});

describe("it says what is wrong and what to do", () => {
  test("without rules", async () => {
    expect(await problem(changed({}, { message: "x" }))).toMatchObject({
      kind: "usage",
      problem: expect.stringContaining("shadow-infra init ci"),
    });
  });

  test("with rules that cannot be read, with their place", async () => {
    const folder = changed(
      { [PATH]: rules(LARGE) },
      { message: "x", files: { [PATH]: rules({ ...LARGE, sevrity: 1 }) } },
    );
    const { problem: words, kind } = await problem(folder);
    expect(kind).toBe("usage");
    expect(words).toMatch(
      /governance\.json:\d+:\d+: rules\[0\]\.sevrity: Unknown key "sevrity". Did you mean "severity"\?/,
    );
  });

  test("with an unknown rule", async () => {
    expect(await problem(changed({ [PATH]: rules(LARGE) }, { message: "x" }), { only: ["99"] })).toMatchObject({
      problem: expect.stringContaining("Known: 1."),
    });
  });

  test("where nothing is different", async () => {
    const found = await report(changed({ [PATH]: rules(LARGE) }), { head: "main" });
    expect(found.notes).toContain("Nothing is different. --base names another base, --all looks at every file.");
  });

  test("outside of a repository", async () => {
    expect(await run("/")).toMatchObject({ kind: "usage", problem: "/ is in no git repository." });
  });

  test("without git", async () => {
    vi.stubEnv("PATH", "/nowhere");
    const failure = await run("/").catch((error: unknown) => error);
    vi.unstubAllEnvs();
    expect(failure).toMatchObject({ name: "GitError", message: expect.stringContaining("git could not be run") });
  });

  test("before the first commit", async () => {
    expect(await problem(repository([]), { scope: "all", base: undefined, head: undefined })).toMatchObject({
      problem: "There is no commit yet.",
    });
  });
});
