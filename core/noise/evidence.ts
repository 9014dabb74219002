/** What is known beside a difference: second answers, learned noise, the moments of the answers. Gathered once per pair. */
import { momentOf } from "../compare/answer.ts";
import type { DifferenceKind } from "../compare/difference.ts";
import type { Scene } from "../compare/rules/rule.ts";
import { type Answer, answered, referenceOf } from "../pair/pair.ts";
import type { Case, RouteMemory } from "../verdict/case.ts";
import { isTolerated, listPattern, netLosses } from "./churn.ts";
import type { Moments } from "./clock.ts";
import { hasSecondAnswer, isLearned, noiseKey, noiseKeys, secondAnswerDifferences } from "./second-answers.ts";

export interface Evidence {
  readonly scene: Scene;
  readonly moments: Moments;
  /** A second answer of this pair shows one of the kinds at the pattern. */
  readonly moves: (pattern: string, kinds: readonly DifferenceKind[]) => boolean;
  /** The list shrank by no more than lists of this pattern do between two answers of the same code. */
  readonly shrinksAnyway: (pattern: string) => boolean;
  /** Earlier pairs of the route showed it often enough. */
  readonly learned: (pattern: string, kinds: readonly DifferenceKind[]) => boolean;
}

/** Null when a side gave no answer: then there is nothing to explain. */
export function evidenceOf(c: Case, memory: RouteMemory): Evidence | null {
  const { pair } = c;
  const reference = referenceOf(pair);
  if (!answered(reference) || !answered(pair.shadow)) return null;
  const second = secondAnswerDifferences(pair);
  const keys = noiseKeys(second);
  const [lost, lostAnyway] = [netLosses(c.differences), netLosses(second)];
  const shrinksAnyway = (pattern: string): boolean =>
    isTolerated(lost.get(listPattern(pattern)) ?? 0, lostAnyway.get(listPattern(pattern)) ?? 0);
  const moves = (pattern: string, kinds: readonly DifferenceKind[]): boolean =>
    kinds.some((kind) => keys.has(noiseKey(pattern, kind)));
  const learned = (pattern: string, kinds: readonly DifferenceKind[]): boolean =>
    kinds.some((kind) => isLearned(memory, noiseKey(pattern, kind)));
  const varies: Scene["varies"] = (pattern, kinds) => moves(pattern, kinds) || learned(pattern, kinds);
  const scene = { pair, reference, shadow: pair.shadow, hasSecond: hasSecondAnswer(pair), varies };
  return { scene, moves, learned, shrinksAnyway, moments: momentsOf(reference, pair.shadow) };
}

function momentsOf(reference: Answer, shadow: Answer): Moments {
  return { reference: momentOf(reference), shadow: momentOf(shadow) };
}
