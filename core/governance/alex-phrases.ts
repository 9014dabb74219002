/** How rules and checks that are written in sentences are recognised: the twelve by their titles, checks by what they speak of. */
import { HEAVY_ML_MODULES, XGBOOST_MODULES } from "./forbidden-modules.ts";
import type { RuleCategory, WrittenRule } from "./rules.ts";

export const TWELVE: readonly { readonly id: number; readonly category: RuleCategory; readonly words: RegExp }[] = [
  { id: 1, category: "SECURITY", words: /quantum|cryptograph/i },
  { id: 2, category: "ML_SAFETY", words: /model[ _-]?version/i },
  { id: 3, category: "PERFORMANCE", words: /heavy ml|heavy.*import|request path/i },
  { id: 4, category: "PERFORMANCE", words: /xgboost/i },
  { id: 5, category: "QUALITY", words: /commit.*tags?/i },
  { id: 6, category: "QUALITY", words: /large (?:change|pr|pull)/i },
  { id: 7, category: "INTEGRITY", words: /code ?owner/i },
  { id: 8, category: "SECURITY", words: /hard-?coded|secrets?/i },
  { id: 9, category: "ML_SAFETY", words: /signature|artifact/i },
  { id: 10, category: "EXPLAINABILITY", words: /audit/i },
  { id: 11, category: "INTEGRITY", words: /migration/i },
  { id: 12, category: "PERFORMANCE", words: /performance budget|latency budget/i },
];

/** The first that fits. Without checks of its own, the rule's usual ones do what the sentence says. */
export const PHRASES: readonly { readonly words: RegExp; readonly checks: WrittenRule["checks"] }[] = [
  { words: /xgboost/i, checks: [{ kind: "forbidden-imports", modules: [...XGBOOST_MODULES], allow_type_only: false }] },
  { words: /heavy ml|torch|tensorflow/i, checks: [{ kind: "forbidden-imports", modules: [...HEAVY_ML_MODULES] }] },
  {
    words: /approval tag|approved tag|approval.*schema|schema.*approval/i,
    checks: [{ kind: "schema-approval", schemas: ["**/*schema*", "**/schemas/**", "**/*models*"] }],
  },
  {
    words: /model[ _-]?version/i,
    checks: [{ kind: "required-fields", owners: ["*Shadow*Response", "*Shadow*Stats"], fields: ["model_version"] }],
  },
  {
    words: /drift/i,
    checks: [{ kind: "required-fields", owners: ["*Shadow*Drift*"], fields: ["avg_delta", "max_delta", "corridors"] }],
  },
  { words: /secret|api key|password|credential/i, checks: [{ kind: "secrets" }] },
  { words: /latenc|p95|p99|response size|failure rate|probe/i, checks: [{ kind: "performance-budget" }] },
  { words: /code ?owner/i, checks: [{ kind: "code-owners" }] },
  {
    words: /migration|commit|signature|verif|audit|quantum|algorithm|import|lines|files|model load|joblib|pickle/i,
    checks: [],
  },
];
