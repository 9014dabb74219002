/** Which element of one list belongs to which of the other: equal ones first, then the most alike, then by place. */
import { diffArrays } from "diff";
import type { Json } from "./json-tree.ts";

export interface ListPair {
  /** Index in production's list; null for an element that only the shadow has. */
  readonly left: number | null;
  /** Index in the shadow's list; null for an element that only production has. */
  readonly right: number | null;
}

/** Elements without an equal one that are compared with each other, at most; beyond, they pair by place. */
const MAX_COMPARED = 200;

/** From this share of equal members on, two objects are taken for versions of one. */
const ALIKE = 0.5;

/** Pairs of elements in production's order, the shadow's own ones where they stand or at the end. */
export function listPairs(left: readonly Json[], right: readonly Json[]): readonly ListPair[] {
  const partner = new Map<number, number>();
  const claimed = new Set<number>();
  const claim = (l: number, r: number) => {
    partner.set(l, r);
    claimed.add(r);
  };
  equalInOrder(left, right, claim);
  const freeLeft = () => [...left.keys()].filter((at) => !partner.has(at));
  const freeRight = () => [...right.keys()].filter((at) => !claimed.has(at));
  if (freeLeft().length <= MAX_COMPARED && freeRight().length <= MAX_COMPARED) {
    for (const l of freeLeft()) {
      const r = mostAlike(
        left[l],
        freeRight().map((at) => ({ at, value: right[at] })),
      );
      if (r !== null) claim(l, r);
    }
  }
  if (freeLeft().length === freeRight().length || scalars(left, right)) {
    const rest = freeRight();
    for (const [nth, l] of freeLeft().entries()) if (rest[nth] !== undefined) claim(l, rest[nth]);
  }
  return inOrder(left.length, right.length, partner);
}

/** Whether the paired elements stand in another order on the shadow's side. */
export function reordered(pairs: readonly ListPair[]): boolean {
  const order = pairs.flatMap((pair) => (pair.left === null || pair.right === null ? [] : [pair.right]));
  return order.some((right, at) => at > 0 && right < (order[at - 1] ?? 0));
}

function equalInOrder(left: readonly Json[], right: readonly Json[], claim: (l: number, r: number) => void): void {
  const meanings = (items: readonly Json[]) => items.map((item) => item.meaning);
  let l = 0;
  let r = 0;
  for (const { added, removed, count } of diffArrays(meanings(left), meanings(right))) {
    if (!added && !removed) for (let step = 0; step < count; step++) claim(l + step, r + step);
    if (!added) l += count;
    if (!removed) r += count;
  }
}

interface Candidate {
  readonly at: number;
  readonly value: Json | undefined;
}

function mostAlike(value: Json | undefined, candidates: readonly Candidate[]): number | null {
  let best: { readonly at: number; readonly share: number } | null = null;
  for (const candidate of candidates) {
    const share = likeness(value, candidate.value);
    if (share >= ALIKE && share > (best?.share ?? 0)) best = { at: candidate.at, share };
  }
  return best?.at ?? null;
}

/** Share of equal members, 0 to 1. */
function likeness(a: Json | undefined, b: Json | undefined): number {
  if (a === undefined || b === undefined) return 0;
  if (a.meaning === b.meaning) return 1;
  if (a.type !== "object" || b.type !== "object") return 0;
  const members = new Set(b.entries.map(([key, value]) => `${key}\n${value.meaning}`));
  const equal = a.entries.filter(([key, value]) => members.has(`${key}\n${value.meaning}`)).length;
  return equal / Math.max(a.entries.length, b.entries.length, 1);
}

function scalars(left: readonly Json[], right: readonly Json[]): boolean {
  return (
    [...left, ...right].every((item) => item.type !== "object" && item.type !== "array") && left.length === right.length
  );
}

function inOrder(leftLength: number, rightLength: number, partner: ReadonlyMap<number, number>): readonly ListPair[] {
  const claimed = new Set(partner.values());
  const pairs: ListPair[] = [];
  let next = 0;
  const own = (until: number) => {
    for (; next < until; next++) if (!claimed.has(next)) pairs.push({ left: null, right: next });
  };
  for (let left = 0; left < leftLength; left++) {
    const right = partner.get(left) ?? null;
    if (right !== null) own(right);
    pairs.push({ left, right });
  }
  own(rightLength);
  return pairs;
}
