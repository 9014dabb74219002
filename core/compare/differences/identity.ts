/**
 * Which field tells the elements of two lists apart, found from the data: present in every element, a scalar, unique in the
 * reference, and shared by both sides. Names only break a tie.
 */
import { hashOf, isScalar, type Json, type JsonObject } from "../json/value.ts";
import { isIdName } from "../names.ts";

/** A field that fewer than half of the elements share does not identify them: ids may be made anew for every answer. */
const MIN_SHARED = 0.5;

export interface Identity {
  readonly key: string;
  readonly of: (element: JsonObject) => number;
}

interface Candidate {
  readonly key: string;
  readonly shared: number;
}

/** The identifying field of two lists of objects; null when there is none. */
export function identityOf(reference: readonly JsonObject[], shadow: readonly JsonObject[]): Identity | null {
  const first = reference[0] ?? shadow[0];
  if (first === undefined) return null;
  const candidates: Candidate[] = [];
  for (const key of first.members.keys()) {
    const shared = sharedBy(key, reference, shadow);
    if (shared >= MIN_SHARED) candidates.push({ key, shared });
  }
  const best = candidates.reduce<Candidate | null>((a, b) => (a === null || isBetter(b, a) ? b : a), null);
  if (best === null) return null;
  return { key: best.key, of: (element) => hashOf(element.members.get(best.key) ?? null) };
}

function isBetter(candidate: Candidate, than: Candidate): boolean {
  if (candidate.shared !== than.shared) return candidate.shared > than.shared;
  return isIdName(candidate.key) && !isIdName(than.key);
}

/** Share of the smaller list's elements that the other one has under the same value of `key`; 0 where it cannot identify. */
function sharedBy(key: string, reference: readonly JsonObject[], shadow: readonly JsonObject[]): number {
  const known = valuesOf(key, reference);
  const others = valuesOf(key, shadow);
  if (known === null || others === null || known.size !== reference.length) return 0;
  if (known.size === 0 || others.size === 0) return 1;
  let shared = 0;
  for (const value of others) if (known.has(value)) shared++;
  return shared / Math.min(known.size, others.size);
}

function valuesOf(key: string, elements: readonly JsonObject[]): ReadonlySet<number> | null {
  const values = new Set<number>();
  for (const element of elements) {
    const value: Json | undefined = element.members.get(key);
    if (value === undefined || value === null || typeof value === "boolean" || !isScalar(value)) return null;
    values.add(hashOf(value));
  }
  return values;
}
