/**
 * Every kind of check and the function that does it. A kind without one does not compile. Each is loaded when a rule first has it: some read
 * formats and tables whose readers are large, and a hook waits for what it loads.
 */
import type { Check } from "../check.ts";
import type { CheckKind } from "../rules.ts";

export const CHECKS: { readonly [K in CheckKind]: () => Promise<Check<K>> } = {
  "forbidden-imports": async () => (await import("./forbidden-imports.ts")).forbiddenImports,
  "required-fields": async () => (await import("./required-fields.ts")).requiredFields,
  "model-loads": async () => (await import("./model-loads.ts")).modelLoads,
  secrets: async () => (await import("./secrets.ts")).secrets,
  cryptography: async () => (await import("./cryptography.ts")).cryptography,
  "audit-trail": async () => (await import("./audit-trail.ts")).auditTrail,
  "schema-approval": async () => (await import("./schema-approval.ts")).schemaApproval,
  "schema-migration": async () => (await import("./schema-migration.ts")).schemaMigration,
  "commit-tags": async () => (await import("./commit-tags.ts")).commitTags,
  "large-change": async () => (await import("./large-change.ts")).largeChange,
  "code-owners": async () => (await import("./code-owners.ts")).codeOwners,
  "tests-beside": async () => (await import("./tests-beside.ts")).testsBeside,
  layers: async () => (await import("./layers.ts")).layers,
  "performance-budget": async () => (await import("./performance-budget.ts")).performanceBudget,
  "budget-raise": async () => (await import("./budget-raise.ts")).budgetRaise,
};
