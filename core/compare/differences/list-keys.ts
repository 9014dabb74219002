/**
 * The identifying field that a repository names for a list. Paths are plain JSONPath: names, positions and `*`, and `..` for
 * any way down; a filter or a slice names no list and matches nothing.
 */
import type { Comparison } from "../settings.ts";
import type { Place } from "./place.ts";

/** A name, a position, any one step, or any number of steps. */
type Step = string | number | typeof ANY | typeof ANY_WAY;

const ANY = { any: "step" } as const;
const ANY_WAY = { any: "way" } as const;

const STEPS =
  /\.\.|\.?\[\s*(?:(?<star>\*)|(?<index>\d+)|'(?<single>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)")\s*\]|\.?(?<name>[^.[\]\s'"*]+)|\.?(?<plain>\*)/gy;

/** The field for the list at a place; undefined where none is named. */
export function listKeyAt(place: Place, listKeys: Comparison["listKeys"]): string | undefined {
  return Object.entries(listKeys).find(([path]) => leadsTo(stepsOf(path), place))?.[1];
}

/** Null for what is no such path. */
export function stepsOf(path: string): readonly Step[] | null {
  if (!path.startsWith("$")) return null;
  const steps: Step[] = [];
  let end = 1;
  for (const match of path.slice(1).matchAll(STEPS)) {
    end = 1 + match.index + match[0].length;
    steps.push(stepOf(match[0], match.groups ?? {}));
  }
  return end === path.length ? steps : null;
}

function stepOf(
  text: string,
  { star, plain, index, single, double, name }: Readonly<Record<string, string | undefined>>,
): Step {
  if (text === "..") return ANY_WAY;
  if (star !== undefined || plain !== undefined) return ANY;
  if (index !== undefined) return Number(index);
  return (single ?? double ?? name ?? "").replaceAll(/\\(.)/g, "$1");
}

/** From the place up to the root, one step at a time; `way` remembers the last `..`, which may swallow one step more. */
function leadsTo(steps: readonly Step[] | null, place: Place): boolean {
  if (steps === null) return false;
  let at = steps.length - 1;
  let here: Place | null = place;
  let way: { readonly at: number; readonly here: Place } | null = null;
  while (here !== null && here.key !== null) {
    const step: Step | undefined = steps[at];
    if (step === ANY_WAY) {
      way = { at, here };
      at--;
    } else if (step !== undefined && (step === ANY || step === here.key)) {
      at--;
      here = here.outer;
    } else if (way !== null && way.here.outer !== null) {
      at = way.at - 1;
      here = way.here.outer;
      way = { at: way.at, here };
    } else return false;
  }
  return at < 0 || steps.slice(0, at + 1).every((step) => step === ANY_WAY);
}
