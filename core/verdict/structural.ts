/**
 * The first stage: what can be said without looking into bodies: equality, answers that never came, status, emptiness,
 * latency. It settles a pair only when nothing is left to compare.
 */
import { headerDifferences } from "../compare/differences/headers.ts";
import type { Finding } from "../compare/finding.ts";
import { PAIR_RULES } from "../compare/rules/catalogue.ts";
import { isSlower, SLOW } from "../compare/rules/latency.ts";
import type { PairRule, PairScene } from "../compare/rules/rule.ts";
import { signatureOf } from "../compare/signature.ts";
import { volatileHeaderReason } from "../noise/header-noise.ts";
import { answered, type Pair, referenceOf } from "../pair/pair.ts";
import type { Case, RouteMemory } from "./case.ts";
import { undecidedReason } from "./undecided.ts";

export function structuralCheck(c: Case, memory: RouteMemory): Case {
  const { pair, credentials } = c;
  const sides = { pair, reference: referenceOf(pair), shadow: pair.shadow };
  if (undecidedReason(pair) !== null) return { ...c, settled: true };
  const slow = isSlower(sides, SLOW);
  const scene = { ...sides, credentials, slow: memory.slow + (slow ? 1 : 0), pairs: memory.pairs + 1 };
  // Equal answers that the tee did not carry can still have been slow; every other rule would have to see them.
  const groups = pair.settled === "equal" ? LATENCY_RULES : PAIR_RULES;
  const findings = [...c.findings, ...groups.flatMap((group) => firstFinding(group, scene, c.route))];
  const equal = pair.settled === "equal" || isEqual(pair);
  return { ...c, equal, slow, settled: equal || !answered(pair.shadow), findings };
}

const LATENCY_RULES = PAIR_RULES.filter((group) => group.every(({ about }) => about === "latency"));

function firstFinding(group: readonly PairRule[], scene: PairScene, route: string): readonly Finding[] {
  const rule = group.find(({ fires }) => fires(scene));
  if (rule === undefined) return [];
  const { id, severity, floor, ceiling, about } = rule;
  const signature = signatureOf({ route, rule: id, pattern: about, kind: null });
  const reason = rule.explain(scene);
  return [
    {
      rule: id,
      severity,
      floor,
      ceiling,
      path: about,
      pattern: about,
      signature,
      reason,
      differences: [],
      noise: null,
    },
  ];
}

/** Equal byte for byte in status and body, and in every header that should be. */
function isEqual(pair: Pair): boolean {
  const reference = referenceOf(pair);
  const { shadow } = pair;
  if (!answered(reference) || !answered(shadow)) return false;
  if (reference.status !== shadow.status || reference.body !== shadow.body) return false;
  if (reference.bodyEncoding !== shadow.bodyEncoding || reference.bodyBytes !== shadow.bodyBytes) return false;
  return headerDifferences(reference, shadow).every(({ path }) => volatileHeaderReason(path) !== null);
}
