/**
 * The form of `.shadow-infra/governance.json`: rules, what they check, and the exceptions. The published JSON Schema is made from it. Form
 * alone; each kind of check is a file in `checks/` and gets its own row of the union below.
 */
import { z } from "zod";
import { ENFORCEMENTS, RULE_LEVELS } from "./violation.ts";

export const RULE_CATEGORIES = [
  "SECURITY",
  "ML_SAFETY",
  "PERFORMANCE",
  "QUALITY",
  "INTEGRITY",
  "EXPLAINABILITY",
] as const;
export type RuleCategory = (typeof RULE_CATEGORIES)[number];

const globs = z.array(z.string().min(1).max(300)).max(200);
const names = z.array(z.string().min(1).max(200)).max(500);
const count = z.int().min(1).max(10_000_000);

const ForbiddenImports = z.strictObject({
  kind: z.literal("forbidden-imports"),
  modules: names
    .min(1)
    .describe("A package and everything below it: `torch` is also `torch.nn`; `@scope/*` is a scope."),
  allow_type_only: z.boolean().default(true).describe("Imports that are erased before the code runs are allowed."),
});

const RequiredFields = z.strictObject({
  kind: z.literal("required-fields"),
  owners: names.min(1).describe("Names, with * as wildcard, of the schemas, models or types that must have them."),
  fields: names.min(1),
});

const ModelLoads = z.strictObject({
  kind: z.literal("model-loads"),
  calls: names.min(1).describe("Callees that load a model: `joblib.load`."),
  verified_by: names
    .default([])
    .describe("Callees that check a signature; the load must follow one in the same function."),
  artifacts: globs
    .default([
      "**/*.{pkl,pickle,joblib,pt,pth,ckpt,onnx,safetensors,h5,hdf5,keras,gguf,tflite,pmml,mlmodel,cbm,xgb,ubj,dill}",
    ])
    .describe("Model files; each must have a signature beside it, or be named in a signed list of checksums."),
  signatures: names
    .default([".sig", ".sigstore", ".sigstore.json", ".asc", ".minisig"])
    .describe("What the name of a signature adds to the name of its file."),
});

const Secrets = z.strictObject({ kind: z.literal("secrets") });

const Cryptography = z.strictObject({
  kind: z.literal("cryptography"),
  table: z.string().max(300).describe("A Markdown file whose tables list algorithms and whether they are allowed."),
});

const AuditTrail = z.strictObject({
  kind: z.literal("audit-trail"),
  predictions: names.min(1).describe("Callees that predict: `.predict`, `client.messages.create`."),
  audit: names.min(1).describe("Callees that record it; one must be in the same function."),
});

const SchemaApproval = z.strictObject({
  kind: z.literal("schema-approval"),
  schemas: globs.min(1).describe("Files that need an approval tag in a commit when they change."),
});

const SchemaMigration = z.strictObject({
  kind: z.literal("schema-migration"),
  schemas: globs.min(1),
  migrations: globs.min(1).describe("One of these must be added in the same change."),
});

const CommitTags = z.strictObject({
  kind: z.literal("commit-tags"),
  pattern: z.string().min(1).max(500).describe("RE2 syntax; the first line of each commit must match."),
});

const LargeChange = z.strictObject({
  kind: z.literal("large-change"),
  max_lines: count.default(500).describe("Lines added and removed."),
  max_files: count.default(25),
  ignore: globs.default([]).describe("Files that do not count, such as lock files."),
});

const CodeOwners = z.strictObject({
  kind: z.literal("code-owners"),
  approvals: z
    .enum(["none", "commits", "github"])
    .default("none")
    .describe(
      "Where an owner's approval comes from: nowhere (ownership alone is checked), `Approved-by:` trailers of commits, or the reviews of the pull request (GITHUB_TOKEN).",
    ),
});

const TestsBeside = z.strictObject({
  kind: z.literal("tests-beside"),
  sources: globs.min(1).describe("New files of these need a test."),
  tests: globs
    .min(1)
    .describe("`{name}` is the file's name without ending, `{dir}` its folder: `test/{dir}/{name}.test.ts`."),
});

const Layers = z.strictObject({
  kind: z.literal("layers"),
  layers: z
    .array(z.strictObject({ from: z.string().min(1).max(300), may_import: globs }))
    .min(1)
    .max(100)
    .describe("The first whose glob fits a file says what it may import of the repository."),
});

const PerformanceBudget = z.strictObject({
  kind: z.literal("performance-budget"),
  results: z
    .string()
    .max(300)
    .optional()
    .describe("Results of `shadow-infra probe`; default: where probe writes them."),
});

const BudgetRaise = z.strictObject({
  kind: z.literal("budget-raise"),
  files: globs.default([]).describe("Further files that hold budgets; those of the rules are always looked at."),
});

export const CheckSchema = z.discriminatedUnion("kind", [
  ForbiddenImports,
  RequiredFields,
  ModelLoads,
  Secrets,
  Cryptography,
  AuditTrail,
  SchemaApproval,
  SchemaMigration,
  CommitTags,
  LargeChange,
  CodeOwners,
  TestsBeside,
  Layers,
  PerformanceBudget,
  BudgetRaise,
]);
export type CheckConfig = z.infer<typeof CheckSchema>;
export type CheckKind = CheckConfig["kind"];
/** The settings of one kind of check. */
export type CheckOf<K extends CheckKind> = Extract<CheckConfig, { readonly kind: K }>;

const RuleBudgets = z.strictObject({
  p95_ms: z.number().positive().optional(),
  p99_ms: z.number().positive().optional(),
  size_kb: z.number().positive().optional(),
  failure_rate: z.number().min(0).max(1).optional(),
});

export const RuleSchema = z.strictObject({
  id: z.union([z.int().min(1).max(9_999), z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/)]),
  category: z.enum(RULE_CATEGORIES),
  title: z.string().min(1).max(200),
  description: z.string().max(2_000).default(""),
  severity: z.enum(RULE_LEVELS),
  enforcement: z.enum(ENFORCEMENTS),
  checks: z.array(CheckSchema).min(1).max(20),
  budgets: RuleBudgets.optional(),
  scope: globs.default(["**"]).describe("Which files; a glob that begins with ! takes files out."),
  owner: z.string().max(200).optional(),
});
export type Rule = z.infer<typeof RuleSchema>;
/** A rule as somebody writes it: what has a default may be left out. */
export type WrittenRule = z.input<typeof RuleSchema>;

/** What silences a false positive: until a day, with a reason, and listed each time. */
export const ExceptionSchema = z.strictObject({
  rule: z.union([z.int(), z.string()]),
  path: z.string().min(1).max(300).describe("A glob."),
  subject: z.string().max(200).optional().describe("Only hits on this module, algorithm or name."),
  reason: z.string().min(10).max(1_000),
  expires: z.iso.date().describe("The last day on which it holds."),
});
export type RuleException = z.infer<typeof ExceptionSchema>;

export const GovernanceFileSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  approval: z
    .strictObject({
      tag: z.string().min(3).max(100).default("[ALEX-APPROVED]"),
      required_lines: names
        .default(["Approved by:", "Risk:"])
        .describe("Lines that the same commit message must have."),
    })
    .prefault({}),
  rules: z.array(RuleSchema).min(1).max(200),
  exceptions: z.array(ExceptionSchema).max(500).default([]),
});
export type GovernanceFile = z.infer<typeof GovernanceFileSchema>;
/** The file as somebody writes it. */
export type WrittenGovernance = z.input<typeof GovernanceFileSchema>;
