/** Partners among the elements of two lists, by what tells them apart; and how many of them left their order. */

/** Positions in the reference and the shadow that hold the same element, and those without a partner. */
export interface Alignment {
  readonly pairs: readonly (readonly [number, number])[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

/** The part of two lists that is not equal at both ends: from `head` to `left` in the reference, to `right` in the shadow. */
export interface Middle {
  readonly head: number;
  readonly left: number;
  readonly right: number;
}

/** So many elements are looked at one by one sooner than put into a table. */
const MAX_FEW = 6;

/** Partners by key, the n-th of one side with the n-th of the other. Positions are those of the whole lists. */
export function align(reference: readonly number[], shadow: readonly number[], middle: Middle): Alignment {
  const inStep = pairsInStep(reference, shadow, middle);
  if (inStep !== null) return { pairs: inStep, missing: [], extra: [] };
  if (Math.max(middle.left, middle.right) - middle.head <= MAX_FEW) return alignFew(reference, shadow, middle);
  const waiting = new Map<number, number[]>();
  for (let at = middle.right - 1; at >= middle.head; at--) {
    const key = shadow[at] ?? 0;
    const queue = waiting.get(key);
    if (queue === undefined) waiting.set(key, [at]);
    else queue.push(at);
  }
  const pairs: [number, number][] = [];
  const missing: number[] = [];
  for (let at = middle.head; at < middle.left; at++) {
    const partner = waiting.get(reference[at] ?? 0)?.pop();
    if (partner === undefined) missing.push(at);
    else pairs.push([at, partner]);
  }
  const extra = [...waiting.values()].flat().toSorted((a, b) => a - b);
  return { pairs, missing, extra };
}

/** The same without any table. */
function alignFew(reference: readonly number[], shadow: readonly number[], middle: Middle): Alignment {
  const pairs: [number, number][] = [];
  const missing: number[] = [];
  const extra: number[] = [];
  for (let at = middle.head; at < middle.right; at++) extra.push(at);
  for (let at = middle.head; at < middle.left; at++) {
    const [partner] = extra.splice(placeOf(reference[at], shadow, extra), 1);
    if (partner === undefined) missing.push(at);
    else pairs.push([at, partner]);
  }
  return { pairs, missing, extra };
}

/** Which of these positions holds the key first; their number where none does. */
function placeOf(key: number | undefined, keys: readonly number[], positions: readonly number[]): number {
  let at = 0;
  while (at < positions.length && keys[positions[at] ?? 0] !== key) at++;
  return at;
}

/** Each with the one at its place, where the keys of both sides are the same in the same order. Mostly they are. */
function pairsInStep(
  reference: readonly number[],
  shadow: readonly number[],
  { head, left, right }: Middle,
): Alignment["pairs"] | null {
  if (left !== right) return null;
  for (let at = head; at < left; at++) if (reference[at] !== shadow[at]) return null;
  return Array.from({ length: left - head }, (_, at) => [head + at, head + at] as const);
}

/** Whether any element stands before one that it followed. */
export function isReordered(pairs: Alignment["pairs"]): boolean {
  return pairs.some(([, at], index) => index > 0 && at < (pairs[index - 1]?.[1] ?? 0));
}

/** The one pair without which the others keep their order; null when it takes more than one. */
export function loneMover(pairs: Alignment["pairs"]): readonly [number, number] | null {
  const breaks = pairs.findIndex(([, at], index) => index > 0 && at < (pairs[index - 1]?.[1] ?? 0));
  if (breaks < 1) return null;
  // Either the one before the break went too far ahead, or the one behind it fell back.
  for (const suspect of [breaks - 1, breaks])
    if (!isReordered(pairs.toSpliced(suspect, 1))) return pairs[suspect] ?? null;
  return null;
}
