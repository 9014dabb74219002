/** The twelve rules as they are written for a new repository, each on repositories that break it and on those that nearly do. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Stack } from "../../../core/governance/default-globs.ts";
import { defaultGovernance } from "../../../core/governance/defaults.ts";
import { hits, report } from "./judged.ts";
import { changed, removeRepositories, type Step } from "./repository.ts";

afterAll(removeRepositories);

const APPROVED = "[ALEX-APPROVED] Take it\n\nApproved by: the owners\nRisk: low";
const TABLE =
  "| algorithm | where used | status | reason | replaced by |\n|---|---|---|---|---|\n| SHA-256 | everywhere | allowed | FIPS 180-4 | |\n| RSA | nowhere | forbidden | falls to Shor | ML-DSA |\n| MD5 | nowhere | forbidden | collisions | SHA-256 |\n";
/** Assembled here, so that no scanner takes this file for a leak. */
const KEY = ["AKIA", "Z7Q2M4X6", "W3R5T9KL"].join("");

interface Case {
  readonly rule: number;
  readonly name: string;
  readonly stack?: Stack;
  readonly base?: Step["files"];
  readonly steps: readonly Step[];
  /** Part of the one hit; null where there is none. */
  readonly hit: string | null;
  readonly warns?: true;
}

const one = (files: Step["files"], message = "feat: change"): readonly Step[] => [{ message, files }];
const lines = (count: number) => "x = 1\n".repeat(count);

const CASES: readonly Case[] = [
  { rule: 1, name: "MD5", steps: one({ "app/a.py": "import hashlib\nhashlib.md5(b'x')\n" }), hit: "app/a.py:2" },
  { rule: 1, name: "SHA-256", steps: one({ "app/a.py": "import hashlib\nhashlib.sha256(b'x')\n" }), hit: null },
  {
    rule: 1,
    name: "MD5 in a comment and a text",
    steps: one({ "app/a.py": '# hashlib.md5(b"x")\nNAME = "md5"\n' }),
    hit: null,
  },
  {
    rule: 1,
    name: "RS256 in Node",
    stack: "node",
    steps: one({ "src/a.ts": 'import { createSign } from "node:crypto";\ncreateSign("RSA-SHA256");\n' }),
    hit: "src/a.ts:2",
  },
  {
    rule: 2,
    name: "a response without model_version",
    steps: one({
      "app/a.py": "from pydantic import BaseModel\nclass ShadowScoreResponse(BaseModel):\n    score: float\n",
    }),
    hit: "model_version",
  },
  {
    rule: 2,
    name: "a response with it",
    steps: one({
      "app/a.py":
        "from pydantic import BaseModel\nclass ShadowScoreResponse(BaseModel):\n    model_version: str\n    score: float\n",
    }),
    hit: null,
  },
  { rule: 3, name: "torch", steps: one({ "app/api.py": "def f():\n    import torch.nn\n" }), hit: "app/api.py:2" },
  { rule: 3, name: "torch where models are trained", steps: one({ "training/fit.py": "import torch\n" }), hit: null },
  {
    rule: 3,
    name: "torchlight, and torch in a text",
    steps: one({ "app/api.py": 'import torchlight\nS = """\nimport torch\n"""\n# import torch\n' }),
    hit: null,
  },
  {
    rule: 4,
    name: "xgboost under another name",
    steps: one({ "training/fit.py": "from xgboost import XGBClassifier as C\n" }),
    hit: "training/fit.py:1",
  },
  { rule: 4, name: "an own module of that name", steps: one({ "app/a.py": "from .xgboost import x\n" }), hit: null },
  {
    rule: 5,
    name: "a subject without a tag",
    steps: one({ "a.txt": "1" }, "did things"),
    hit: "did things",
    warns: true,
  },
  {
    rule: 5,
    name: "one with a type and a scope",
    steps: one({ "a.txt": "1" }, "fix(api)!: answer\n\ndid things"),
    hit: null,
  },
  {
    rule: 5,
    name: "a revert of one with a type",
    steps: one({ "a.txt": "1" }, 'Revert "feat: x"\n\nThis reverts commit 0.'),
    hit: null,
  },
  { rule: 6, name: "501 lines", steps: one({ "app/a.py": lines(501) }), hit: "501 lines, more than 500" },
  { rule: 6, name: "500 lines", steps: one({ "app/a.py": lines(500) }), hit: null },
  { rule: 6, name: "a long lock file", steps: one({ "poetry.lock": lines(5_000) }), hit: null },
  {
    rule: 6,
    name: "501 lines that are approved",
    steps: [...one({ "app/a.py": lines(501) }), { message: APPROVED }],
    hit: null,
  },
  {
    rule: 6,
    name: "one more commit after the approval",
    steps: [...one({ "app/a.py": lines(501) }), { message: APPROVED }, ...one({ "app/b.py": "x\n" })],
    hit: "502 lines",
  },
  {
    rule: 6,
    name: "26 files",
    steps: one(Object.fromEntries(Array.from({ length: 26 }, (_, n) => [`f${n}.txt`, "x"]))),
    hit: "26 files, more than 25",
  },
  {
    rule: 6,
    name: "a new shadow file without a test",
    steps: one({ "app/shadow_repo.py": "x = 1\n" }),
    hit: "app/shadow_repo.py has no test",
  },
  {
    rule: 6,
    name: "one with a test",
    steps: one({ "app/shadow_repo.py": "x = 1\n", "tests/test_shadow_repo.py": "x = 1\n" }),
    hit: null,
  },
  {
    rule: 6,
    name: "a changed one without a test",
    base: { "app/shadow_repo.py": "x = 1\n" },
    steps: one({ "app/shadow_repo.py": "x = 2\n" }),
    hit: null,
  },
  {
    rule: 6,
    name: "a test of that name for another file",
    steps: one({ "app/shadow_repo.py": "x = 1\n", "tests/test_shadow.py": "x = 1\n" }),
    hit: "app/shadow_repo.py has no test",
  },
  {
    rule: 7,
    name: "a file that nobody owns",
    base: { ".github/CODEOWNERS": "/app/ @o/app\n" },
    steps: one({ "lib/a.py": "x" }),
    hit: "lib/a.py has no owner",
  },
  {
    rule: 7,
    name: "one that somebody owns",
    base: { ".github/CODEOWNERS": "/app/ @o/app\n" },
    steps: one({ "app/a.py": "x" }),
    hit: null,
  },
  {
    rule: 7,
    name: "one that the last pattern gives to nobody",
    base: { CODEOWNERS: "* @o/all\n/app/gen/\n" },
    steps: one({ "app/gen/a.py": "x" }),
    hit: "app/gen/a.py has no owner",
  },
  { rule: 7, name: "no CODEOWNERS", steps: one({ "app/a.py": "x" }), hit: "there is no CODEOWNERS file", warns: true },
  { rule: 8, name: "a key of a cloud", steps: one({ "app/a.py": `KEY = "${KEY}"\n` }), hit: "app/a.py:1" },
  {
    rule: 8,
    name: "a key from the environment",
    steps: one({ "app/a.py": 'import os\nKEY = os.environ["AWS_ACCESS_KEY_ID"]\n' }),
    hit: null,
  },
  {
    rule: 8,
    name: "a key that was there before",
    base: { "app/a.py": `KEY = "${KEY}"\n` },
    steps: one({ "app/a.py": `KEY = "${KEY}"\nX = 1\n` }),
    hit: null,
  },
  {
    rule: 9,
    name: "a bare load",
    steps: one({ "app/a.py": 'import joblib\nm = joblib.load("m.bin")\n' }),
    hit: "app/a.py:2",
    warns: true,
  },
  {
    rule: 9,
    name: "a load after a check",
    steps: one({ "app/a.py": "import joblib\ndef f(p):\n    verify_signature(p)\n    return joblib.load(p)\n" }),
    hit: null,
  },
  { rule: 9, name: "a load in a text", steps: one({ "app/a.py": 'HELP = "call joblib.load(path)"\n' }), hit: null },
  {
    rule: 10,
    name: "a prediction that nobody records",
    steps: one({ "app/a.py": "def f(m, x):\n    return m.predict(x)\n" }),
    hit: "app/a.py:2",
  },
  {
    rule: 10,
    name: "one that is recorded",
    steps: one({ "app/a.py": "def f(m, x):\n    y = m.predict(x)\n    record_prediction(y)\n    return y\n" }),
    hit: null,
  },
  {
    rule: 11,
    name: "a table without a migration",
    steps: [...one({ "app/models.py": "x" }), { message: APPROVED }],
    hit: "adds no migration",
  },
  {
    rule: 11,
    name: "a table with a migration",
    steps: one({ "app/models.py": "x", "alembic/versions/1.py": "x" }, APPROVED),
    hit: null,
  },
  {
    rule: 11,
    name: "a migration that was there before",
    base: { "migrations/1.sql": "x" },
    steps: one({ "app/models.py": "x", "migrations/1.sql": "y" }, APPROVED),
    hit: "adds no migration",
  },
  {
    rule: 11,
    name: "a schema without an approval",
    steps: one({ "app/schemas.py": "x" }),
    hit: "no commit since approves it",
  },
  { rule: 11, name: "a schema that is approved", steps: one({ "app/schemas.py": "x" }, APPROVED), hit: null },
  {
    rule: 11,
    name: "a schema that changed after its approval",
    steps: [...one({ "app/schemas.py": "x" }, APPROVED), ...one({ "app/schemas.py": "y" })],
    hit: "no commit since approves it",
  },
  {
    rule: 11,
    name: "a schema that was changed and changed back",
    base: { "app/schemas.py": "x" },
    steps: [...one({ "app/schemas.py": "y" }), ...one({ "app/schemas.py": "x" })],
    hit: null,
  },
  {
    rule: 11,
    name: "a schema that is deleted",
    base: { "app/schemas.py": "x" },
    steps: one({ "app/schemas.py": null }),
    hit: "app/schemas.py was deleted",
  },
  {
    rule: 11,
    name: "a schema that is moved to where none is looked for",
    base: { "app/schemas.py": lines(20) },
    steps: one({ "app/schemas.py": null, "app/forms.py": lines(20) }),
    hit: "app/forms.py was renamed",
  },
  { rule: 11, name: "a schema of the tests", steps: one({ "tests/schemas.py": "x" }), hit: null },
  {
    rule: 12,
    name: "a budget that goes up",
    base: { ".shadow-infra/probe.json": '{"p95_ms": 75}\n' },
    steps: one({ ".shadow-infra/probe.json": '{"p95_ms": 80}\n' }),
    hit: "p95_ms was 75 and is 80",
  },
  {
    rule: 12,
    name: "one that goes up with an approval",
    base: { ".shadow-infra/probe.json": '{"p95_ms": 75}\n' },
    steps: one({ ".shadow-infra/probe.json": '{"p95_ms": 80}\n' }, APPROVED),
    hit: null,
  },
  {
    rule: 12,
    name: "one that goes down",
    base: { ".shadow-infra/probe.json": '{"p95_ms": 75}\n' },
    steps: one({ ".shadow-infra/probe.json": '{"p95_ms": 70}\n' }),
    hit: null,
  },
  {
    rule: 12,
    name: "one that goes away",
    base: { ".shadow-infra/probe.json": '{"p95_ms": 75}\n' },
    steps: one({ ".shadow-infra/probe.json": "{}\n" }),
    hit: "p95_ms is gone",
  },
];

function repositoryOf({ stack = "python", base, steps }: Case): string {
  const rules = defaultGovernance(stack);
  // The machine may have results of a real probe: these cases have none.
  const text = JSON.stringify(rules).replace(
    '{"kind":"performance-budget"}',
    '{"kind":"performance-budget","results":"no-results.json"}',
  );
  return changed({ "docs/cryptography.md": TABLE, ".shadow-infra/governance.json": text, ...base }, ...steps);
}

describe.each(CASES.map((each) => [each.rule, each.name, each] as const))("rule %i", (rule, name, each) => {
  test(`${each.hit === null ? "lets pass" : "tells"}: ${name}`, async () => {
    const found = await report(repositoryOf(each), { only: [String(rule)] });
    const [outcome] = found.outcomes;
    if (each.hit === null) {
      expect(hits(found)).toEqual([]);
      expect(found.exitCode).toBe(0);
      return;
    }
    expect(hits(found).join("\n")).toContain(each.hit);
    expect(hits(found)).toHaveLength(1);
    expect(outcome?.state).toBe(each.warns === true ? "warned" : "failed");
    expect(found.exitCode).toBe(each.warns === true ? 0 : 1);
  });
});

test("every rule has a case that tells and one that does not", () => {
  for (const { id } of defaultGovernance("python").rules) {
    const own = CASES.filter(({ rule }) => rule === id);
    expect(own.some(({ hit }) => hit === null) && own.some(({ hit }) => hit !== null), `rule ${id}`).toBe(true);
  }
});

describe("rule 12 with the results of a probe", () => {
  const endpoint = { p50: 10, p95: 74.9, p99: 119.9, avg_size_kb: 24.9, failures: 0, failure_rate: 0.0499 };
  const results = (more: object) => ({
    timestamp: "2026-03-01T00:00:00Z",
    base_url: "http://localhost:8000",
    iterations: 200,
    endpoints: { "/iq/shadow/stats": { ...endpoint, ...more } },
  });
  const repositoryWith = (text: string): string => {
    const folder = repositoryOf({ rule: 12, name: "", steps: one({ "a.txt": "x" }), hit: null });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "no-results.json"), text);
    return folder;
  };
  const judged = (text: string) => report(repositoryWith(text), { only: ["12"] });

  test.each([
    ["p95 75 ms", { p95: 75 }],
    ["p99 120 ms", { p99: 120 }],
    ["size 25 KB", { avg_size_kb: 25 }],
    ["failures 5 %", { failure_rate: 0.05 }],
  ])("at its threshold is over it: %s", async (words, more) => {
    const found = await judged(JSON.stringify(results(more)));
    expect(hits(found)).toEqual([expect.stringContaining(`/iq/shadow/stats is over its budget: ${words}`)]);
    expect(found.exitCode).toBe(1);
  });

  test("below all thresholds passes", async () => {
    const found = await judged(JSON.stringify(results({})));
    expect(found.outcomes).toMatchObject([{ state: "passed" }]);
  });

  test.each([
    ["no JSON", "{"],
    ["something else", "{}"],
    ["no endpoint", JSON.stringify({ ...results({}), endpoints: {} })],
  ])("with %s in the file cannot be decided", async (_, text) => {
    const found = await judged(text);
    expect(found).toMatchObject({ exitCode: 3, outcomes: [{ state: "not-judged", because: "unreachable" }] });
  });

  test("without a file is not judged, and fails only where results are required", async () => {
    const folder = repositoryOf({ rule: 12, name: "", steps: one({ "a.txt": "x" }), hit: null });
    const found = await report(folder, { only: ["12"] });
    expect(found.outcomes[0]?.reason).toContain("`shadow-infra probe` makes them");
    expect(found.exitCode).toBe(0);
    expect((await report(folder, { only: ["12"], requiresResults: true })).exitCode).toBe(3);
  });
});
