/** Every kind of check and the function that does it. A kind without one does not compile. */
import type { Check } from "../check.ts";
import type { CheckKind } from "../rules.ts";
import { auditTrail } from "./audit-trail.ts";
import { budgetRaise } from "./budget-raise.ts";
import { codeOwners } from "./code-owners.ts";
import { commitTags } from "./commit-tags.ts";
import { cryptography } from "./cryptography.ts";
import { forbiddenImports } from "./forbidden-imports.ts";
import { largeChange } from "./large-change.ts";
import { layers } from "./layers.ts";
import { modelLoads } from "./model-loads.ts";
import { performanceBudget } from "./performance-budget.ts";
import { requiredFields } from "./required-fields.ts";
import { schemaApproval } from "./schema-approval.ts";
import { schemaMigration } from "./schema-migration.ts";
import { secrets } from "./secrets.ts";
import { testsBeside } from "./tests-beside.ts";

export const CHECKS: { readonly [K in CheckKind]: Check<K> } = {
  "forbidden-imports": forbiddenImports,
  "required-fields": requiredFields,
  "model-loads": modelLoads,
  secrets,
  cryptography,
  "audit-trail": auditTrail,
  "schema-approval": schemaApproval,
  "schema-migration": schemaMigration,
  "commit-tags": commitTags,
  "large-change": largeChange,
  "code-owners": codeOwners,
  "tests-beside": testsBeside,
  layers,
  "performance-budget": performanceBudget,
  "budget-raise": budgetRaise,
};
