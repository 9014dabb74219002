/** Predicates on requests: one fact, or two of them together. Data, so that they can be shown, counted and sent. */
import { isToken } from "../redact/token.ts";
import type { Feature, Source } from "./feature.ts";

/**
 * `is` and `isnt` compare a value (`isnt` holds where the key is absent), `present` and `absent` a key,
 * `at-least` and `at-most` a number; where the key is absent, or no number, neither holds.
 */
export const TESTS = ["is", "present", "at-least", "at-most", "absent", "isnt"] as const;

export interface Atom {
  readonly test: (typeof TESTS)[number];
  readonly source: Source;
  readonly key: string;
  /** Null for `present` and `absent`. */
  readonly value: string | null;
}

/** All of them hold; one or two. */
export type Predicate = readonly Atom[];

export function holds(predicate: Predicate, features: readonly Feature[]): boolean {
  return predicate.every((atom) => atomHolds(atom, features));
}

function atomHolds({ test, source, key, value }: Atom, features: readonly Feature[]): boolean {
  const own = features.filter((feature) => feature.source === source && feature.key === key);
  const known = (wanted: (value: string) => boolean) => own.some((each) => each.value !== null && wanted(each.value));
  if (test === "present") return own.length > 0;
  if (test === "absent") return own.length === 0;
  if (test === "is") return known((each) => each === value);
  if (test === "isnt") return !known((each) => each === value);
  const border = Number(value);
  return known((each) => isNumeral(each) && (test === "at-least" ? Number(each) >= border : Number(each) <= border));
}

/** A plain decimal number, of few enough digits to be compared as a double. */
export function isNumeral(text: string): boolean {
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text);
}

/** `currency=EUR`, `without accept-language`, `limit >= 100`; two of them joined by `and`. */
export function predicateWords(predicate: Predicate): string {
  return predicate.map(atomWords).join(" and ");
}

function atomWords({ test, source, key, value }: Atom): string {
  const name = NAMES[source](key);
  // A token of redaction means nothing to a reader; that there is one value behind it does.
  const shown = value !== null && isToken(value) ? "<one secret value>" : (value ?? "");
  if (test === "present") return `with ${name}`;
  if (test === "absent") return `without ${name}`;
  const sign = { is: source === "query" ? "=" : " = ", isnt: " other than ", "at-least": " >= ", "at-most": " <= " }[
    test
  ];
  return `${name}${sign}${shown === "" ? '""' : shown}`;
}

const NAMES: Readonly<Record<Source, (key: string) => string>> = {
  query: (key) => key,
  body: (key) => `body ${key}`,
  path: (key) => `path ${key}`,
  header: (key) => `header ${key}`,
  auth: (key) => key,
};
