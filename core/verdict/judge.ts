/** All stages in order, without a model: open -> structural check -> differences -> noise -> contract -> verdict. */
import { extractDiffs } from "../compare/extract.ts";
import { filterNoise } from "../noise/filter.ts";
import { checkContract } from "../openapi/check.ts";
import type { Pair } from "../pair/pair.ts";
import { type Case, EMPTY_MEMORY, type RouteLesson, type RouteMemory } from "./case.ts";
import { formatVerdict, type Judged } from "./format.ts";
import { lessonOf } from "./lesson.ts";
import { type Opening, openCase } from "./open.ts";
import { structuralCheck } from "./structural.ts";

/** A judged pair, the case it ended as, and what it teaches its route. */
export interface Judgment {
  readonly case: Case;
  readonly judged: Judged;
  readonly lesson: RouteLesson;
}

export function judge(pair: Pair, memory: RouteMemory, opening: Opening = {}): Judgment {
  return judgedCase(extractDiffs(structuralCheck(openCase(pair, opening), memory)), memory);
}

/**
 * Judges a pair among others that are all known already: `memoryOf` is told what this pair teaches, so that it can leave that
 * out of what the others taught.
 */
export function judgeAmong(
  pair: Pair,
  memoryOf: (route: string, lesson: RouteLesson) => RouteMemory,
  opening: Opening = {},
): Judgment & { readonly memory: RouteMemory } {
  const facts = factsOf(pair, opening);
  const memory = memoryOf(facts.route, lessonOf(facts));
  // Whether slowness is sustained is the one thing that the first stage takes from memory.
  const checked = structuralCheck(openCase(pair, opening), memory);
  const isSlow = checked.findings.length !== facts.findings.length;
  return { ...judgedCase(isSlow ? extractDiffs(checked) : facts, memory), memory };
}

/** What a pair teaches, without judging it. */
export function teach(pair: Pair, opening: Opening = {}): { readonly route: string; readonly lesson: RouteLesson } {
  const facts = factsOf(pair, opening);
  return { route: facts.route, lesson: lessonOf(facts) };
}

/** Differences do not depend on what is known of the route. */
function factsOf(pair: Pair, opening: Opening): Case {
  return extractDiffs(structuralCheck(openCase(pair, opening), EMPTY_MEMORY));
}

function judgedCase(facts: Case, memory: RouteMemory): Judgment {
  const filtered = checkContract(filterNoise(facts, memory));
  return { case: filtered, judged: formatVerdict(filtered, new Map()), lesson: lessonOf(filtered) };
}
