/** The input of one check, for tests that call it alone. */
import type { Change } from "../../../../core/governance/change.ts";
import type { CheckInput, Surroundings } from "../../../../core/governance/check.ts";
import {
  type CheckKind,
  type CheckOf,
  GovernanceFileSchema,
  type WrittenRule,
} from "../../../../core/governance/rules.ts";
import { around, ruleWith } from "../given.ts";

export function inputOf<K extends CheckKind>(
  check: CheckOf<K>,
  change: Change,
  { rule: more = {}, ...surroundings }: Partial<Surroundings> & { readonly rule?: Partial<WrittenRule> } = {},
): CheckInput<K> {
  const file = GovernanceFileSchema.parse({ version: 1, rules: [ruleWith([{ kind: "secrets" }], more)] });
  const [rule] = file.rules;
  if (rule === undefined) throw new Error("a file has a rule");
  const all = around(surroundings);
  const files = change.files.filter(({ path, status }) => status !== "deleted" && all.fits(path, rule.scope));
  return { check, rule, file, change, files, around: all };
}
