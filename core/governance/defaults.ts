/**
 * The twelve rules as a file to begin with, for a stack. Everything that a repository may want to change is written out, so that nobody has to
 * read this to change it. Data alone: what a check does with its settings is the check's.
 */
import { DEFAULT_BUDGETS } from "../probe/budgets.ts";
import { GLOBS, type Stack, without } from "./default-globs.ts";
import { HEAVY_ML_MODULES, XGBOOST_MODULES } from "./forbidden-modules.ts";
import type { WrittenGovernance, WrittenRule } from "./rules.ts";

/** The twelve rules in the order of their numbers. */
export function defaultGovernance(stack: Stack): WrittenGovernance {
  return {
    version: 1,
    approval: { tag: "[ALEX-APPROVED]", required_lines: ["Approved by:", "Risk:"] },
    rules: [...safetyRules(stack), ...changeRules(stack), ...modelRules(stack), ...shadowRules(stack)].toSorted(
      (a, b) => Number(a.id) - Number(b.id),
    ),
    exceptions: [],
  };
}

function safetyRules(stack: Stack): readonly WrittenRule[] {
  const { sources, tests } = GLOBS[stack];
  return [
    {
      id: 1,
      category: "SECURITY",
      title: "Quantum-Safe Cryptography Only",
      description:
        "Algorithms that a quantum computer breaks, and weak ones, are not used. The table says which are allowed; what another party prescribes is an exception with its reason.",
      severity: "CRITICAL",
      enforcement: "CI_BLOCK",
      checks: [{ kind: "cryptography", table: "docs/cryptography.md" }],
      scope: [...sources, ...without(tests)],
    },
    {
      id: 8,
      category: "SECURITY",
      title: "No Hardcoded Secrets",
      description: "Keys, tokens and passwords come from the environment. One that was committed has to be replaced.",
      severity: "CRITICAL",
      enforcement: "CI_BLOCK",
      checks: [{ kind: "secrets" }],
      scope: ["**"],
    },
  ];
}

function changeRules(stack: Stack): readonly WrittenRule[] {
  const { apiSchemas, tables, migrations, tests, shadowFiles, shadowTests } = GLOBS[stack];
  return [
    {
      id: 5,
      category: "QUALITY",
      title: "Commit Governance Tags Required",
      description:
        "The first line of a commit says what kind of change it is: `feat: …`, `fix(api): …`, `[ALEX-APPROVED] …`.",
      severity: "WARNING",
      enforcement: "WARN",
      checks: [
        {
          kind: "commit-tags",
          pattern:
            "^(\\[[A-Z][A-Z0-9-]*\\] ?.+|(feat|fix|docs|style|refactor|perf|test|build|ci|chore|revert)(\\([^)]+\\))?!?: .+)$",
        },
      ],
    },
    {
      id: 6,
      category: "QUALITY",
      title: "Large Changes Require ALEX Approval",
      description:
        "A change too large to be read in one go is approved by somebody, and new shadow files come with tests.",
      severity: "ERROR",
      enforcement: "CI_BLOCK",
      checks: [
        { kind: "large-change", max_lines: 500, max_files: 25, ignore: [...LOCK_FILES] },
        { kind: "tests-beside", sources: [...shadowFiles, ...without(tests)], tests: [...shadowTests] },
      ],
    },
    {
      id: 7,
      category: "INTEGRITY",
      title: "Code Ownership Enforcement",
      description: "Every changed file has an owner in CODEOWNERS.",
      severity: "ERROR",
      enforcement: "CI_BLOCK",
      checks: [{ kind: "code-owners", approvals: "none" }],
    },
    {
      id: 11,
      category: "INTEGRITY",
      title: "Schema Changes Require Migration",
      description: "Tables change together with a new migration; schemas that others rely on change with an approval.",
      severity: "ERROR",
      enforcement: "CI_BLOCK",
      checks: [
        { kind: "schema-migration", schemas: [...tables], migrations: [...migrations] },
        { kind: "schema-approval", schemas: [...apiSchemas, ...tables] },
      ],
      scope: ["**", ...without(tests)],
    },
  ];
}

const LOCK_FILES = [
  "**/package-lock.json",
  "**/yarn.lock",
  "**/pnpm-lock.yaml",
  "**/poetry.lock",
  "**/uv.lock",
  "**/Pipfile.lock",
] as const;

function modelRules(stack: Stack): readonly WrittenRule[] {
  const { sources, tests, offline } = GLOBS[stack];
  const code = [...sources, ...without(tests)];
  return [
    {
      id: 3,
      category: "PERFORMANCE",
      title: "No Heavy ML Imports in Request Path",
      description:
        "Libraries that take seconds to load and gigabytes to hold stay out of the code that answers requests.",
      severity: "ERROR",
      enforcement: "CI_BLOCK",
      checks: [{ kind: "forbidden-imports", modules: [...HEAVY_ML_MODULES] }],
      scope: [...code, ...without(offline)],
    },
    {
      id: 4,
      category: "PERFORMANCE",
      title: "No XGBoost in Production",
      description: "Its predictions cannot be explained term by term.",
      severity: "ERROR",
      enforcement: "CI_BLOCK",
      checks: [{ kind: "forbidden-imports", modules: [...XGBOOST_MODULES], allow_type_only: false }],
      scope: code,
    },
    {
      id: 9,
      category: "ML_SAFETY",
      title: "Model Artifact Signature Verification",
      description:
        "A model file can run code when it is loaded, so its signature is checked first. A bare load call only warns.",
      severity: "CRITICAL",
      enforcement: "CI_BLOCK",
      checks: [{ kind: "model-loads", calls: [...MODEL_LOADS], verified_by: [...MODEL_CHECKS] }],
    },
    {
      id: 10,
      category: "EXPLAINABILITY",
      title: "Audit Trail for Model Predictions",
      description: "A function that predicts also records what it predicted, from what and with which model.",
      severity: "ERROR",
      enforcement: "CI_BLOCK",
      checks: [
        {
          kind: "audit-trail",
          predictions: [".predict", ".predict_proba", ".decision_function"],
          audit: ["audit", "record_prediction", "recordPrediction", "log_prediction", "logPrediction", ".audit"],
        },
      ],
      scope: [...code, ...without(offline)],
    },
  ];
}

const MODEL_LOADS = [
  "joblib.load",
  "pickle.load",
  "pickle.loads",
  "torch.load",
  "dill.load",
  "cloudpickle.load",
  "pandas.read_pickle",
  "tensorflow.keras.models.load_model",
  "keras.models.load_model",
] as const;

const MODEL_CHECKS = ["verify_signature", "verify_model_signature", "verifySignature", "verifyModelSignature"] as const;

function shadowRules(stack: Stack): readonly WrittenRule[] {
  const { sources, tests } = GLOBS[stack];
  return [
    {
      id: 2,
      category: "ML_SAFETY",
      title: "Model Version Metadata Required",
      description: "Answers of shadow endpoints say which model they are of, and how far it drifted.",
      severity: "ERROR",
      enforcement: "CI_BLOCK",
      checks: [
        { kind: "required-fields", owners: ["*Shadow*Response", "*Shadow*Stats"], fields: ["model_version"] },
        { kind: "required-fields", owners: ["*Shadow*Drift*"], fields: ["avg_delta", "max_delta", "corridors"] },
      ],
      scope: [...sources, ...without(tests)],
    },
    {
      id: 12,
      category: "PERFORMANCE",
      title: "Shadow Mode Performance Budget Enforcement",
      description: "The shadow endpoints keep their budgets; to raise one, or to loosen a rule, needs an approval.",
      severity: "ERROR",
      enforcement: "CI_BLOCK",
      checks: [
        { kind: "performance-budget" },
        {
          kind: "budget-raise",
          files: [".shadow-infra/probe.json", ".shadow-infra.yml", ".github/workflows/shadow-ci.yml"],
        },
      ],
      budgets: { ...DEFAULT_BUDGETS },
    },
  ];
}
