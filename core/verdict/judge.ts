/** All stages in order, without a model: open -> structural check -> extract differences -> filter noise -> format verdict. */
import { extractDiffs } from "../compare/extract.ts";
import { filterNoise } from "../noise/filter.ts";
import type { Pair } from "../pair/pair.ts";
import type { Case, RouteLesson, RouteMemory } from "./case.ts";
import { formatVerdict, type Judged } from "./format.ts";
import { lessonOf } from "./lesson.ts";
import { type Opening, openCase } from "./open.ts";
import { structuralCheck } from "./structural.ts";

export function judge(
  pair: Pair,
  memory: RouteMemory,
  opening: Opening = {},
): { readonly case: Case; readonly judged: Judged; readonly lesson: RouteLesson } {
  const checked = structuralCheck(openCase(pair, opening), memory);
  const filtered = filterNoise(extractDiffs(checked), memory);
  return { case: filtered, judged: formatVerdict(filtered, new Map()), lesson: lessonOf(filtered) };
}
