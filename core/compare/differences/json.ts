/**
 * Differences of two JSON texts, by path. Walks over tokens with a stack of its own instead of recursion, skips what is equal
 * as text, and leaves lists to `list.ts`. Facts only: what they mean is for the rules.
 */
import type { Difference } from "../difference.ts";
import {
  isList,
  isObject,
  isString,
  type JsonDocument,
  type NodeType,
  ROOT_NODE,
  stringOf,
  textOf,
  typeOfNode,
} from "../json/document.ts";
import { isSameNumber } from "../json/number.ts";
import { readJson } from "../json/read.ts";
import { redactedValue } from "../redacted.ts";
import type { Comparison } from "../settings.ts";
import { alignLists } from "./list.ts";
import { reportMoved } from "./moved.ts";
import { compareObjects } from "./object.ts";
import { newPeers } from "./optional.ts";
import { ROOT } from "./place.ts";
import { isSameText, newSameText } from "./same-text.ts";
import { MAX_DIFFERENCES, report, type Task, type Walk } from "./walk.ts";

/** How the texts are read, and what the repository says about lists. */
export interface JsonSettings {
  /** The identifying field of a list's elements, by the list's JSONPath. */
  readonly listKeys?: Comparison["listKeys"];
  /** The text was cut in the middle, at the capture limit. */
  readonly referenceCut?: boolean;
  readonly shadowCut?: boolean;
}

/** `broken`: the side that is no JSON, the reference first. */
export type JsonComparison =
  | { readonly ok: true; readonly differences: readonly Difference[] }
  | { readonly ok: false; readonly broken: "reference" | "shadow" };

/** Two texts, read and compared. */
export function jsonDifferences(reference: string, shadow: string, settings: JsonSettings = {}): JsonComparison {
  const left = readJson(reference, { cut: settings.referenceCut ?? false });
  if (!left.ok) return { ok: false, broken: "reference" };
  const right = readJson(shadow, { like: left.document, cut: settings.shadowCut ?? false });
  if (!right.ok) return { ok: false, broken: "shadow" };
  const differences = documentDifferences(left.document, right.document, settings.listKeys ?? {});
  return { ok: true, differences };
}

function documentDifferences(
  reference: JsonDocument,
  shadow: JsonDocument,
  listKeys: Comparison["listKeys"],
): readonly Difference[] {
  const tasks: Task[] = [{ place: ROOT, reference: ROOT_NODE, shadow: ROOT_NODE }];
  const same = newSameText(reference, shadow);
  const walk: Walk = { reference, shadow, same, peers: newPeers(), listKeys, found: [], tasks, removed: [], added: [] };
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    compareNodes(walk, task);
    if (walk.found.length >= 2 * MAX_DIFFERENCES) break;
  }
  const cut = walk.found.length >= MAX_DIFFERENCES ? [CUT] : [];
  return [...reportMoved(walk).slice(0, 2 * MAX_DIFFERENCES), ...cut];
}

const CUT: Difference = { part: "body", kind: "value", path: "$", pattern: "$", traits: ["cut"] };

function compareNodes(walk: Walk, task: Task): void {
  const { place, reference, shadow } = task;
  if (isSameText(walk.same, reference, shadow)) return;
  const type = declaredType(walk.reference, reference);
  if (type !== declaredType(walk.shadow, shadow)) return report(walk, { place, kind: "type", reference, shadow });
  if (isObject(walk.reference, reference) && isObject(walk.shadow, shadow)) return compareObjects(walk, task);
  if (isList(walk.reference, reference) && isList(walk.shadow, shadow))
    return alignLists({ walk, place, reference, shadow });
  if (!isSameScalar(walk, task)) report(walk, { place, kind: "value", reference, shadow });
}

/** The type of the value that stood there before it was redacted. */
function declaredType(document: JsonDocument, node: number): NodeType {
  const redacted = isString(document, node) ? redactedValue(stringOf(document, node)) : null;
  return redacted?.type ?? typeOfNode(document, node);
}

/** Equal in other notation: escapes of strings, numbers by their value. */
function isSameScalar({ reference, shadow }: Walk, task: Task): boolean {
  const strings = [isString(reference, task.reference), isString(shadow, task.shadow)];
  if (strings[0] !== strings[1]) return false;
  if (strings[0] === true) return stringOf(reference, task.reference) === stringOf(shadow, task.shadow);
  return isSameNumber(textOf(reference, task.reference), textOf(shadow, task.shadow));
}
