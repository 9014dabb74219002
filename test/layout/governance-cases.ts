/** For each rule of this project's own file: a change that it must refuse, and its near miss. Plain data; the test beside it judges them. */
import type { Change, ChangedFile, Commit } from "../../core/governance/change.ts";

export interface Planted {
  readonly rule: string;
  readonly fires: Change;
  readonly silent: Change;
  /** Text of results of a probe, for the rule that reads them. */
  readonly results?: { readonly fires: string; readonly silent: string };
  /** Owners of every path; by default the project's own file says. */
  readonly owners?: { readonly fires: readonly string[]; readonly silent: readonly string[] };
}

interface FileOf {
  readonly status?: ChangedFile["status"];
  readonly baseText?: string;
  readonly lines?: number;
}

function file(path: string, text = "", { status = "added", baseText, lines }: FileOf = {}): ChangedFile {
  return {
    path,
    status,
    oldPath: null,
    text,
    unread: null,
    baseText: baseText ?? null,
    added: lines ?? text.split("\n").length,
    removed: 0,
    changedLines: null,
  };
}

/** A change of these files in one commit, with the messages of that commit and of those after it. */
function change(files: readonly ChangedFile[], ...messages: readonly string[]): Change {
  const paths = files.map(({ path }) => path);
  const told = messages.length === 0 ? ["Say it in other words"] : messages;
  const commits = told.map(
    (message, n): Commit => ({
      sha: `${n + 1}`.repeat(40),
      author: "Test",
      message,
      files: n === 0 ? paths : [],
      isMerge: false,
      parents: [`${n}`.repeat(40)],
    }),
  );
  const tree = ["test/core/pair/tested.test.ts", ...paths];
  return { scope: "change", base: "0".repeat(40), head: `${told.length}`.repeat(40), files, commits, tree };
}

const modified = (path: string, text = "export {};\n") =>
  file(path, text, { status: "modified", baseText: "// It was\nexport {};\n" });

const APPROVAL = "[ALEX-APPROVED] Take the new field\n\nApproved by: the maintainers\nRisk: older messages lack it";

/** Put together here, so that no scanner takes this file for one that holds a secret. */
const SECRET = ["gh", "p_", "1B4mQx8Zt0VwYc6Lr2Ks", "9NdHfGjPaEuTiO37"].join("");

function results(p95: number): string {
  const endpoint = { p50: 10, p95, p99: 80, avg_size_kb: 2, failures: 0, failure_rate: 0 };
  return JSON.stringify({
    timestamp: "2026-11-22T12:00:00Z",
    base_url: "http://127.0.0.1:8001",
    iterations: 200,
    endpoints: { "/api/shadow/stats": endpoint },
  });
}

const LOADS = "import joblib\n\ndef load(path):\n    return joblib.load(path)\n";
const DRIFT = "drift: z.object({ avg_delta: z.number(), max_delta: z.number(), corridors: z.array(z.any()) })";
const CALL = "const verdict = await holdBallot(asked, voter);";
const JUDGES = `import { holdBallot } from "./ballot.ts";\nexport async function ask(asked, voter) {\n  ${CALL}\n`;

export const PLANTED: readonly Planted[] = [
  {
    rule: "1",
    fires: change([
      file("infra/sum.ts", 'import { createHash } from "node:crypto";\ncreateHash("md5").digest("hex");\n'),
    ]),
    silent: change([
      file("infra/sum.ts", 'import { createHash } from "node:crypto";\n// md5\ncreateHash("sha256");\n'),
    ]),
  },
  {
    rule: "2",
    fires: change([
      file("core/wire/api/a.ts", `export const ShadowStatsSchema = z.object({ p50: z.number(), ${DRIFT} });\n`),
    ]),
    silent: change([
      file(
        "core/wire/api/a.ts",
        `export const ShadowStatsSchema = z.object({ model_version: z.string(), ${DRIFT} });\n`,
      ),
    ]),
  },
  {
    rule: "3",
    fires: change([
      file("workers/compare/rank.ts", 'const { InferenceSession } = await import("onnxruntime-node");\n'),
    ]),
    silent: change([file("workers/compare/rank.ts", '// import torch\nexport const NAME = "onnxruntime-node";\n')]),
  },
  {
    rule: "4",
    fires: change([file("infra/train.py", "try:\n    import xgboost as xgb\nexcept ImportError:\n    xgb = None\n")]),
    silent: change([file("infra/train.py", '"""import xgboost"""\nimport xgboostish\n')]),
  },
  { rule: "5", fires: change([], "wip."), silent: change([], "[HOTFIX] Keep the lease while the registry is away") },
  {
    rule: "6",
    fires: change([file("core/pair/huge.ts", "", { lines: 2_001 })]),
    silent: change([file("docs/huge.md", "", { lines: 2_001 }), file("core/pair/big.ts", "", { lines: 2_000 })]),
  },
  {
    rule: "7",
    fires: change([file("orphan/a.ts")]),
    silent: change([file("core/pair/a.ts")]),
    owners: { fires: [], silent: ["@shadow-infra/maintainers"] },
  },
  {
    rule: "8",
    fires: change([file("cli/login.ts", `export const token = "${SECRET}";\n`)]),
    silent: change([file("cli/login.ts", "export const token = process.env.GITHUB_TOKEN;\n")]),
  },
  {
    rule: "9",
    fires: change([file("infra/rank.onnx"), file("infra/rank.py", LOADS)]),
    silent: change([
      file("infra/rank.onnx"),
      file("infra/rank.onnx.sig"),
      file("infra/rank.py", "# joblib.load(path)\n"),
    ]),
  },
  {
    rule: "10",
    fires: change([file("workers/compare/model/again.ts", `${JUDGES}  return verdict;\n}\n`)]),
    silent: change([file("workers/compare/model/again.ts", `${JUDGES}  await saveAnswer(by, asked, verdict);\n}\n`)]),
  },
  {
    rule: "11",
    fires: change([modified("migrations/schema.ts")]),
    silent: change([modified("migrations/schema.ts"), file("migrations/9999_more.sql", "ALTER TABLE pairs ADD x;\n")]),
  },
  {
    rule: "12",
    fires: change([]),
    silent: change([]),
    results: { fires: results(75), silent: results(74.9) },
  },
  {
    rule: "contract-approval",
    fires: change([modified("core/wire/message.ts")]),
    silent: change([modified("core/wire/message.ts")], "Add a field to the message", APPROVAL),
  },
  {
    rule: "policy-approval",
    fires: change([modified("core/verdict/severity.ts")], "Approved by: nobody\nRisk: all of it"),
    silent: change([modified("core/verdict/severity.ts")], "Call it a warning", APPROVAL),
  },
  {
    rule: "tee-imports",
    fires: change([file("workers/tee/routing/app.ts", 'import { Hono } from "hono/tiny";\n')]),
    silent: change([file("workers/report/app.ts", 'import { Hono } from "hono/tiny";\n')]),
  },
  {
    rule: "layers",
    fires: change([file("core/pair/a.ts", 'import { EXIT } from "../../cli/exit.ts";\n')]),
    silent: change([file("cli/a.ts", 'import { EXIT } from "./exit.ts";\n// from "../workers/tee/index.ts"\n')]),
  },
  {
    rule: "tests-beside",
    fires: change([file("core/pair/untested.ts", "export const a = 1;\n")]),
    silent: change([file("core/pair/tested.ts", "export const a = 1;\n")]),
  },
];
