/**
 * Which rules judge a change that changes the rules: it may make them stricter at once, looser only once somebody approved that. Until then
 * the base's rule stands in for each one that was loosened.
 */
import { looseningsOf, newExceptions, ruleOf } from "./loosening.ts";
import type { GovernanceFile } from "./rules.ts";

/** The strictest of both; `head` null stands for a file that the change removes. */
export function strictest(base: GovernanceFile, head: GovernanceFile | null): GovernanceFile {
  if (head === null) return base;
  const loosened = new Set(looseningsOf(base, head).map(({ ruleId }) => ruleId));
  const kept = base.rules.map((rule) => (loosened.has(String(rule.id)) ? rule : (ruleOf(head, rule.id) ?? rule)));
  const fresh = head.rules.filter(({ id }) => ruleOf(base, id) === null);
  const unapproved = new Set(newExceptions(base, head));
  return {
    version: 1,
    approval: {
      tag: base.approval.tag,
      required_lines: [...new Set([...base.approval.required_lines, ...head.approval.required_lines])],
    },
    rules: [...kept, ...fresh],
    exceptions: head.exceptions.filter((each) => !unapproved.has(each)),
  };
}
