/**
 * One cause, one finding: differences that only repeat what a finding on the whole pair says become its evidence. Only
 * findings that are Critical by proof take any, so nothing is judged milder by it.
 */
import type { Case } from "../verdict/case.ts";
import type { Difference } from "./difference.ts";
import type { Finding } from "./finding.ts";
import { PAIR_RULES } from "./rules/catalogue.ts";

/** Differences that a finding carries as evidence. */
const MAX_CLAIMED = 5;

/** Adds the differences to the case, after its findings took theirs. */
export function withDifferences(c: Case, differences: readonly Difference[]): Case {
  const rules = PAIR_RULES.flat();
  let rest = differences;
  const findings = c.findings.map((finding): Finding => {
    const claims = rules.find(({ id }) => id === finding.rule)?.claims;
    const claimed = claims === undefined || finding.noise !== null ? [] : rest.filter(claims);
    if (claimed.length === 0) return finding;
    const taken = new Set(claimed);
    rest = rest.filter((difference) => !taken.has(difference));
    return { ...finding, differences: claimed.slice(0, MAX_CLAIMED) };
  });
  return { ...c, findings, differences: rest };
}
