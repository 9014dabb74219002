/** Changes that break one of the twelve rules, and changes that nearly do. Data alone. */
import type { Stack } from "../../../core/governance/default-globs.ts";
import type { Step } from "./repository.ts";

const APPROVED = "[ALEX-APPROVED] Take it\n\nApproved by: the owners\nRisk: low";
export const TABLE =
  "| algorithm | where used | status | reason | replaced by |\n|---|---|---|---|---|\n| SHA-256 | everywhere | allowed | FIPS 180-4 | |\n| RSA | nowhere | forbidden | falls to Shor | ML-DSA |\n| MD5 | nowhere | forbidden | collisions | SHA-256 |\n";
/** Assembled here, so that no scanner takes this file for a leak. */
export const KEY = ["AKIA", "Z7Q2M4X6", "W3R5T9KL"].join("");

export interface Case {
  readonly rule: number;
  readonly name: string;
  readonly stack?: Stack;
  readonly base?: Step["files"];
  readonly steps: readonly Step[];
  /** Part of the one hit; null where there is none. */
  readonly hit: string | null;
  readonly warns?: true;
}

export const one = (files: Step["files"], message = "feat: change"): readonly Step[] => [{ message, files }];
const lines = (count: number) => "x = 1\n".repeat(count);

export const CASES: readonly Case[] = [
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
