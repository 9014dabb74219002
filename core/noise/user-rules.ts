/**
 * What the repository wants left out: JSONPath queries for bodies, `header:<name>` for headers. A wish is honoured within the
 * limits of noise; where it would hide a null, another type, a lost field or a proven fault it is refused, and the finding says so.
 */
import type { Difference } from "../compare/difference.ts";
import type { DifferenceRule } from "../compare/rules/rule.ts";
import type { Comparison } from "../compare/settings.ts";
import { type Bodies, queryProblem, type Selects, selectorOf } from "./json-path.ts";
import { type Step, stepsOf } from "./path-steps.ts";

/** The entry of `ignore` that selects a difference; null when none does. */
export type Ignored = (difference: Difference) => string | null;

const NOTHING: Ignored = () => null;

/** What is wrong with an entry of `ignore`; null when it can be used. For the reader of the configuration. */
export function ignoreProblem(entry: string): string | null {
  if (/^(?:header|body):/.test(entry)) return entry.endsWith(":") ? "names nothing after the colon" : null;
  return queryProblem(entry);
}

export function ignoredBy(ignore: Comparison["ignore"], bodies: Bodies): Ignored {
  if (ignore.length === 0) return NOTHING;
  const rules = ignore.map((entry) => ({ entry, selects: ruleOf(entry, bodies) }));
  return (difference) => {
    const steps = difference.part === "body" ? stepsOf(difference.path) : null;
    return rules.find(({ selects }) => selects(difference, steps))?.entry ?? null;
  };
}

type Rule = (difference: Difference, steps: readonly Step[] | null) => boolean;

function ruleOf(entry: string, bodies: Bodies): Rule {
  if (/^header:/i.test(entry)) return headerRule(entry.toLowerCase());
  if (entry.startsWith("body:")) return ({ path, pattern }) => path === entry || pattern === entry;
  let selects: Selects | undefined;
  return (_, steps) => {
    if (steps === null) return false;
    selects ??= selectorOf(entry)(bodies);
    return selects(steps);
  };
}

/** `header:set-cookie` stands for all cookies and their attributes, `header:location` for all its parameters. */
function headerRule(entry: string): Rule {
  return ({ part, path }) => {
    const name = path.toLowerCase();
    return part === "header" && (name === entry || (name.startsWith(entry) && /^[:;?]/.test(name.slice(entry.length))));
  };
}

/**
 * Why an ignore may not hide a difference; null when it may. `kept`: second answers were there, and none ever moved it:
 * a severe change of such a value is no noise, whatever was wished when the rule was written.
 */
export function refusal({ kind, traits = [], part }: Difference, rule: DifferenceRule, kept: boolean): string | null {
  if (rule.proven === true) return `it would hide what is certain (${rule.title.toLowerCase()})`;
  if (part === "body" && kind === "type") return "it would hide another type";
  if (part === "body" && kind === "missing" && !traits.includes("item")) return "it would hide a lost field";
  if (kind === "unparsable" || traits.includes("cut")) return "it would hide what could not be compared";
  if (kept && rule.severity === "Critical") return "it would hide a value that no second answer ever moved";
  return null;
}
