/** Which way each setting of a check is stricter, as a table. A setting that is not in it may be changed in no direction. */
import type { CheckKind } from "./rules.ts";

/** `more`: more entries, or a higher number, are stricter; `fewer`: fewer, lower, or false; `same`: any other value may be looser. */
export type Direction = "more" | "fewer" | "same";

const DIRECTIONS: Readonly<Partial<Record<CheckKind, Readonly<Record<string, Direction>>>>> = {
  "forbidden-imports": { modules: "more", allow_type_only: "fewer" },
  "required-fields": { owners: "more", fields: "more" },
  "model-loads": { calls: "more", verified_by: "fewer", artifacts: "more", signatures: "fewer" },
  "audit-trail": { predictions: "more", audit: "fewer" },
  "schema-approval": { schemas: "more" },
  "schema-migration": { schemas: "more", migrations: "fewer" },
  "large-change": { max_lines: "fewer", max_files: "fewer", ignore: "fewer" },
  "tests-beside": { sources: "more", tests: "fewer" },
  "budget-raise": { files: "more" },
};

export function directionOf(kind: CheckKind, setting: string): Direction {
  return DIRECTIONS[kind]?.[setting] ?? "same";
}
