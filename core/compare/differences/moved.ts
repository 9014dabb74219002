/**
 * A member that went to another path with its whole value: one fact instead of a lost and an added one. Only for values that
 * cannot be equal by chance, and only where exactly one place lost it and exactly one place gained it.
 */
import type { Difference } from "../difference.ts";
import { endOf, isContainer, isString, type JsonDocument, startOf, stringOf } from "../json/document.ts";
import { hashOfNode } from "../json/hash.ts";
import { redactedValue } from "../redacted.ts";
import { type Place, pathOf, patternOf } from "./place.ts";
import type { Fact, Walk } from "./walk.ts";

/** A shorter value (a number, a flag, `{"a":1}`) may well be equal elsewhere by chance. Characters of its text. */
const MIN_CONTAINER_CHARS = 24;
const MIN_TEXT_CHARS = 40;

/** More lost or added members than this are a rebuilt document, which nobody reads as moves. */
const MAX_CANDIDATES = 500;

/** The walk's differences, with moves in the place of what they explain. */
export function reportMoved(walk: Walk): readonly Difference[] {
  const { removed, added, found } = walk;
  const many = removed.length > MAX_CANDIDATES || added.length > MAX_CANDIDATES;
  if (removed.length === 0 || added.length === 0 || many) return found;
  const gained = byHash(walk.shadow, added, ({ shadow }) => shadow);
  const moves = new Map<string, Difference>();
  const explained = new Set<string>();
  for (const [hash, [from, ...others]] of byHash(walk.reference, removed, ({ reference }) => reference)) {
    const [to, ...more] = gained.get(hash) ?? [];
    if (from === undefined || to === undefined || others.length > 0 || more.length > 0) continue;
    moves.set(pathOf(from.place), moveOf(from, to.place));
    explained.add(pathOf(to.place));
  }
  if (moves.size === 0) return found;
  return found.flatMap((difference) => {
    if (difference.kind === "missing") return moves.get(difference.path) ?? difference;
    return difference.kind === "extra" && explained.has(difference.path) ? [] : difference;
  });
}

function byHash(
  document: JsonDocument,
  facts: readonly Fact[],
  nodeOf: (fact: Fact) => number | undefined,
): ReadonlyMap<number, readonly Fact[]> {
  const found = new Map<number, Fact[]>();
  for (const fact of facts) {
    const node = nodeOf(fact);
    if (node === undefined || !isTelling(document, node)) continue;
    const hash = hashOfNode(document, node);
    found.set(hash, [...(found.get(hash) ?? []), fact]);
  }
  return found;
}

function isTelling(document: JsonDocument, node: number): boolean {
  // Behind a token of redaction may stand a flag or a digit.
  if (isString(document, node) && redactedValue(stringOf(document, node)) !== null) return false;
  const length = endOf(document, node) - startOf(document, node);
  return length >= (isContainer(document, node) ? MIN_CONTAINER_CHARS : MIN_TEXT_CHARS);
}

function moveOf(from: Fact, to: Place): Difference {
  const path = pathOf(from.place);
  const places = { reference: JSON.stringify(path), shadow: JSON.stringify(pathOf(to)) };
  return { part: "body", kind: "moved", path, pattern: patternOf(from.place), ...places };
}
