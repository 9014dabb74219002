/**
 * The third stage: differences become findings. The first rule of the catalogue that fires names a difference; noise keeps
 * its finding, with the reason, and counts for nothing. Differences of one signature are one finding.
 */
import type { Difference } from "../compare/difference.ts";
import type { Finding } from "../compare/finding.ts";
import { DIFFERENCE_RULES } from "../compare/rules/catalogue.ts";
import type { DifferenceRule } from "../compare/rules/rule.ts";
import { signatureOf } from "../compare/signature.ts";
import type { Case, RouteMemory } from "../verdict/case.ts";
import { type Evidence, evidenceOf } from "./evidence.ts";
import type { Noise } from "./kind.ts";
import { explained } from "./reason.ts";

/** Differences that a finding carries as evidence; their number is told in its reason. */
export const MAX_EVIDENCE = 5;

/** Turns the case's differences into findings, after those of the structural check. */
export function filterNoise(c: Case, memory: RouteMemory): Case {
  if (c.differences.length === 0) return c;
  const evidence = evidenceOf(c, memory);
  if (evidence === null) return c;
  const opinions = c.differences.flatMap((difference) => opinionOn(difference, evidence));
  return { ...c, findings: [...c.findings, ...grouped(opinions, c.route)] };
}

interface Opinion {
  readonly difference: Difference;
  readonly rule: DifferenceRule;
  readonly noise: Noise | null;
  /** A wish to ignore it that was not honoured. */
  readonly refused: string | null;
}

function opinionOn(difference: Difference, evidence: Evidence): readonly Opinion[] {
  const rule = DIFFERENCE_RULES.find(({ fires }) => fires(difference, evidence.scene));
  return rule === undefined ? [] : [{ difference, rule, ...explained(difference, rule, evidence) }];
}

/** One finding per rule, pattern and kind; what counts and what is noise stay apart. */
function grouped(opinions: readonly Opinion[], route: string): readonly Finding[] {
  const groups = new Map<string, Opinion[]>();
  for (const opinion of opinions) {
    const { rule, difference, noise } = opinion;
    const key = `${noise === null}\n${rule.id}\n${difference.pattern}\n${difference.kind}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [opinion]);
    else group.push(opinion);
  }
  return [...groups.values()].flatMap((group) => findingOf(group, route));
}

function findingOf(group: readonly Opinion[], route: string): readonly Finding[] {
  const first = group[0];
  if (first === undefined) return [];
  const { rule, difference, noise, refused } = first;
  const { path, pattern, kind } = difference;
  const more = group.length > 1 ? ` (and ${group.length - 1} more like it)` : "";
  return [
    {
      rule: rule.id,
      severity: rule.severity,
      floor: rule.floor,
      ceiling: rule.ceiling,
      path,
      pattern,
      signature: signatureOf({ route, rule: rule.id, pattern, kind }),
      reason: `${rule.explain(difference)}${more}${refused === null ? "" : ` ${refused}`}`,
      differences: group.slice(0, MAX_EVIDENCE).map((opinion) => opinion.difference),
      noise,
    },
  ];
}
