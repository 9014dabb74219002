/**
 * Functions that predict and leave no record. The record may be made in the same function, in one inside of it, in one around it, or by what wraps
 * it (`@audited`, `audited(() => …)`).
 */
import { isCallTo, isInside, isNamed, unitOf, wrappersAround } from "../callees.ts";
import type { ChangedFile } from "../change.ts";
import type { Check, CheckInput } from "../check.ts";
import { longestPart, mentions } from "../mentions.ts";
import type { CallFact, SourceFacts } from "../source.ts";
import { unsureHits } from "../unsure.ts";
import type { Hit } from "../violation.ts";

type Input = CheckInput<"audit-trail">;

export const auditTrail: Check<"audit-trail"> = (input) => {
  const words = input.check.predictions.map((name) => longestPart(name));
  return input.files.filter((file) => mentions(file, words)).flatMap((file) => hitsIn(file, input));
};

function hitsIn(file: ChangedFile, { check, around }: Input): readonly Hit[] {
  const facts = around.facts(file);
  if (facts === null) return [];
  const audits = facts.calls.filter((call) => isCallTo(call, check.audit));
  const bare = facts.calls
    .filter((call) => isCallTo(call, check.predictions))
    .filter((call) => !isRecorded(call, audits, { facts, names: check.audit }));
  const words = check.predictions.map((name) => name.split("(")[0] ?? name);
  return [...bare.map((call) => hitOf(file.path, call, check.audit)), ...unsureHits(file, facts, words)];
}

function isRecorded(
  { scope }: CallFact,
  audits: readonly CallFact[],
  { facts, names }: { readonly facts: SourceFacts; readonly names: readonly string[] },
): boolean {
  const { functions } = facts;
  const unit = unitOf(functions, scope);
  const wrapped = wrappersAround(facts, scope).some((wrapper) => names.some((name) => isNamed(wrapper, name)));
  if (wrapped) return true;
  if (unit === -1) return audits.some((audit) => audit.scope === -1);
  return audits.some((audit) => {
    const own = unitOf(functions, audit.scope);
    return isInside(functions, audit.scope, unit) || (own !== -1 && own !== unit && isInside(functions, unit, own));
  });
}

function hitOf(path: string, { callee, within, line, column }: CallFact, audit: readonly string[]): Hit {
  return {
    message: `${within ?? "the top of the file"} calls ${callee} and leaves no audit trail`,
    hint: `Call ${audit.slice(0, 3).join(" or ")} in the same function, or wrap it with one of them.`,
    path,
    line,
    column,
    subject: within ?? callee,
    onlyWarns: false,
  };
}
