/** What is known beside a difference: second answers, learned noise, the moments of the answers. Gathered once per pair. */
import { momentOf } from "../compare/answer.ts";
import type { Difference, DifferenceKind } from "../compare/difference.ts";
import { isPagePath } from "../compare/names.ts";
import type { Scene } from "../compare/rules/rule.ts";
import type { CompareMode } from "../compare/settings.ts";
import { type Answer, answered, referenceOf } from "../pair/pair.ts";
import type { Case, RouteMemory } from "../verdict/case.ts";
import { isTolerated, listPattern, netLosses } from "./churn.ts";
import type { Moments } from "./clock.ts";
import { type Made, madeOf } from "./created.ts";
import type { Rate } from "./rates.ts";
import {
  hasSecondAnswer,
  isLearned,
  MANY_SECOND_ANSWERS,
  noiseKey,
  noiseRate,
  secondAnswerDifferences,
} from "./second-answers.ts";
import { type Ignored, ignoredBy } from "./user-rules.ts";

export interface Evidence {
  readonly scene: Scene;
  readonly mode: CompareMode;
  readonly ignored: Ignored;
  readonly moments: Moments;
  /** What the request made on both sides. */
  readonly made: () => Made;
  /** A second answer of this pair shows one of the kinds at the difference's place. */
  readonly moves: (place: NoisePlace, kinds: readonly DifferenceKind[]) => boolean;
  /** The difference that second answers show at the very path. */
  readonly seconds: (path: string) => Difference | null;
  /** The list shrank by no more than lists of this pattern do between two answers of the same code. */
  readonly shrinksAnyway: (pattern: string) => boolean;
  /** Earlier pairs of the route showed it often enough: how often. */
  readonly learned: (place: NoisePlace, kinds: readonly DifferenceKind[]) => Rate | null;
  /** The code was asked twice, here or often enough before, and no second answer ever showed this kind here. */
  readonly kept: (place: NoisePlace, kind: DifferenceKind) => boolean;
  /** Many second answers of earlier pairs were there, and none showed it. */
  readonly keptLong: (place: NoisePlace, kind: DifferenceKind) => boolean;
}

export type NoisePlace = Pick<Difference, "pattern" | "path">;

/** Null when a side gave no answer: then there is nothing to explain. */
export function evidenceOf(c: Case, memory: RouteMemory): Evidence | null {
  const { pair, comparison } = c;
  const reference = referenceOf(pair);
  if (!answered(reference) || !answered(pair.shadow)) return null;
  const second = secondAnswerDifferences(pair, comparison);
  const looks = { ...restlessness(second, memory), hasSecond: hasSecondAnswer(pair) };
  const { moves, learned, long } = looks;
  const [lost, lostAnyway] = [netLosses(c.differences), netLosses(second)];
  const shrinksAnyway = (pattern: string): boolean =>
    isTolerated(lost.get(listPattern(pattern)) ?? 0, lostAnyway.get(listPattern(pattern)) ?? 0);
  const unmoved = (place: NoisePlace, kind: DifferenceKind): boolean =>
    !moves(place, [kind]) && noiseRate(memory, noiseKey(place.pattern, kind)).count === 0;
  const byPath = new Map(second.map((difference) => [difference.path, difference]));
  const scene: Scene = { pair, reference, shadow: pair.shadow, hasSecond: looks.hasSecond, varies: looks.varies };
  const moments = momentsOf(reference, pair.shadow);
  let made: Made | null = null;
  return {
    scene,
    mode: comparison.mode,
    ignored: ignoredBy(comparison.ignore, [reference.body, pair.shadow.body]),
    moments,
    made: () => (made ??= madeOf(c.differences, scene, moments)),
    moves,
    learned,
    shrinksAnyway,
    seconds: (path) => byPath.get(path) ?? null,
    kept: (place, kind) => (looks.hasSecond || long) && unmoved(place, kind),
    keptLong: (place, kind) => long && unmoved(place, kind),
  };
}

type Looks = Pick<Evidence, "moves" | "learned"> & { readonly varies: Scene["varies"]; readonly long: boolean };

/**
 * Lines of a text have one pattern and nothing else in common: of them only the very line counts, and nothing is learned.
 * One second answer may show a null or another type by chance, and would hide that of the shadow: those only count as
 * varying where many did.
 */
function restlessness(second: readonly Difference[], memory: RouteMemory): Looks {
  const keys = new Set(second.map(({ pattern, path, kind }) => noiseKey(isLine(pattern) ? path : pattern, kind)));
  const paths = movedPaths(second);
  const moves: Evidence["moves"] = ({ pattern, path }, kinds) =>
    kinds.some((kind) => {
      if (!keys.has(noiseKey(isLine(pattern) ? path : pattern, kind))) return false;
      return kind !== "value" || !isPagePath(pattern) || path === pattern || paths(pattern, path);
    });
  const learned: Evidence["learned"] = ({ pattern }, kinds) => {
    const kind = isLine(pattern) ? undefined : kinds.find((one) => isLearned(memory, noiseKey(pattern, one)));
    return kind === undefined ? null : noiseRate(memory, noiseKey(pattern, kind));
  };
  const long = memory.secondAnswers >= MANY_SECOND_ANSWERS;
  const varies: Scene["varies"] = (pattern, kinds) => {
    const place = { pattern, path: pattern };
    if (kinds.includes("type")) return long && learned(place, kinds) !== null;
    return moves(place, kinds) || learned(place, kinds) !== null;
  };
  return { moves, learned, varies, long };
}

/**
 * Elements of a page that stand beside one another are fields of their own, unless second answers move several of them: one
 * that moves says nothing of the next.
 */
function movedPaths(second: readonly Difference[]): (pattern: string, path: string) => boolean {
  const byPattern = new Map<string, Set<string>>();
  for (const { pattern, path } of second)
    if (isPagePath(pattern)) byPattern.set(pattern, (byPattern.get(pattern) ?? new Set()).add(path));
  return (pattern, path) => {
    const moved = byPattern.get(pattern);
    return moved !== undefined && (moved.size > 1 || moved.has(path));
  };
}

function isLine(pattern: string): boolean {
  return pattern === "body:line *";
}

function momentsOf(reference: Answer, shadow: Answer): Moments {
  return { reference: momentOf(reference), shadow: momentOf(shadow) };
}
