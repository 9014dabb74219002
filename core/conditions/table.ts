/**
 * The pairs of a route with every single fact that may be asked of their requests, as sets of bits. Made once for a route and
 * used for each of its drifts. Pairs are parted in two halves by a hash of their id: one to search, one to check.
 */
import { hashText } from "../compare/hash.ts";
import { type Bits, bitsOf, both, countOf, without } from "./bits.ts";
import { type Feature, readFeature, SOURCES } from "./feature.ts";
import { type Atom, isNumeral, TESTS } from "./predicate.ts";

export interface ObservedRequest {
  /** The pair's id. */
  readonly id: string;
  /** In the notation of `feature.ts`. */
  readonly features: readonly string[];
}

export interface Candidate {
  readonly atom: Atom;
  readonly holds: Bits;
}

export interface ConditionTable {
  readonly ids: readonly string[];
  readonly all: Bits;
  readonly search: Bits;
  readonly check: Bits;
  /** Facts that hold for different sets of pairs, the ones easiest to say first. */
  readonly candidates: readonly Candidate[];
}

/** A fact that fewer requests of the searched half share explains too little to be tried. */
const MIN_SUPPORT = 3;

/** The most frequent facts are tried, so that the work is bounded whatever clients send. */
const MAX_CANDIDATES = 1_500;

/** Borders tried for each numeric field: its values, or so many quantiles of them. */
const MAX_BORDERS = 12;

export function conditionTable(requests: readonly ObservedRequest[]): ConditionTable {
  const size = requests.length;
  const all = bitsOf(size, requests.keys());
  const halves = requests.map(({ id }) => hashText(id, 7) % 2);
  const search = bitsOf(
    size,
    [...requests.keys()].filter((n) => halves[n] === 0),
  );
  const found = facts(
    requests.map(({ features }) => features.flatMap((text) => readFeature(text) ?? [])),
    all,
  );
  return {
    ids: requests.map(({ id }) => id),
    all,
    search,
    check: without(all, search),
    candidates: distinct(found, search),
  };
}

interface Field {
  readonly feature: Feature;
  /** By value: the requests that have it. */
  readonly values: Map<string, number[]>;
  readonly present: number[];
}

function facts(requests: readonly (readonly Feature[])[], all: Bits): Candidate[] {
  const fields = new Map<string, Field>();
  for (const [n, features] of requests.entries()) {
    for (const feature of features) {
      const name = `${feature.source}:${feature.key}`;
      const field = fields.get(name) ?? { feature, values: new Map<string, number[]>(), present: [] };
      fields.set(name, field);
      field.present.push(n);
      if (feature.value === null) continue;
      const own = field.values.get(feature.value);
      if (own === undefined) field.values.set(feature.value, [n]);
      else own.push(n);
    }
  }
  return [...fields.values()].flatMap((field) => factsOf(field, requests.length, all));
}

function factsOf({ feature: { source, key }, values, present }: Field, size: number, all: Bits): Candidate[] {
  const candidate = (test: Atom["test"], value: string | null, holds: Bits): Candidate => ({
    atom: { test, source, key, value },
    holds,
  });
  const has = bitsOf(size, present);
  const found = [candidate("present", null, has), candidate("absent", null, without(all, has))];
  for (const [value, members] of values) {
    // What is not shared by some requests of each half cannot be learned from.
    if (members.length < 2 * MIN_SUPPORT) continue;
    const is = bitsOf(size, members);
    found.push(candidate("is", value, is), candidate("isnt", value, without(all, is)));
  }
  for (const border of bordersOf(values)) {
    const of = (wanted: (value: number) => boolean) =>
      bitsOf(
        size,
        [...values].filter(([value]) => isNumeral(value) && wanted(Number(value))).flatMap(([, members]) => members),
      );
    found.push(
      candidate(
        "at-least",
        String(border),
        of((value) => value >= border),
      ),
    );
    found.push(
      candidate(
        "at-most",
        String(border),
        of((value) => value <= border),
      ),
    );
  }
  return found;
}

function bordersOf(values: ReadonlyMap<string, readonly number[]>): readonly number[] {
  const numbers = [...new Set([...values.keys()].filter(isNumeral).map(Number))].toSorted((a, b) => a - b);
  if (numbers.length <= MAX_BORDERS) return numbers.length < 3 ? [] : numbers;
  const step = (numbers.length - 1) / (MAX_BORDERS - 1);
  return [...new Set(Array.from({ length: MAX_BORDERS }, (_, n) => numbers[Math.round(n * step)] ?? 0))];
}

/** Facts that nothing can tell apart are one, said the easiest way. Those that hold always, or hardly ever, are left out. */
function distinct(found: readonly Candidate[], search: Bits): readonly Candidate[] {
  const most = countOf(search) - MIN_SUPPORT;
  const bySet = new Map<string, Candidate>();
  for (const candidate of found.toSorted(easierFirst)) {
    const support = countOf(both(candidate.holds, search));
    if (support < MIN_SUPPORT || support > most) continue;
    const name = candidate.holds.join();
    if (!bySet.has(name)) bySet.set(name, candidate);
    if (bySet.size >= MAX_CANDIDATES) break;
  }
  return [...bySet.values()];
}

/** A value before a presence, what is there before what is not; then as `SOURCES` has it, and the shorter key. */
function easierFirst({ atom: a }: Candidate, { atom: b }: Candidate): number {
  return (
    TESTS.indexOf(a.test) - TESTS.indexOf(b.test) ||
    SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source) ||
    a.key.length - b.key.length ||
    (a.key < b.key ? -1 : Number(a.key > b.key)) ||
    ((a.value ?? "") < (b.value ?? "") ? -1 : 1)
  );
}
