/**
 * Differences of two JSON values, by path. Walks with a stack of its own instead of recursion, skips equal subtrees by
 * their hash, and leaves lists to `list.ts`. Facts only: what they mean is for the rules.
 */
import type { Difference, Trait } from "../difference.ts";
import { hashOf, isList, isObject, type Json, type JsonObject, type JsonType, typeOf } from "../json/value.ts";
import { redactedValue } from "../redacted.ts";
import type { Comparison } from "../settings.ts";
import { alignLists } from "./list.ts";
import { memberPlace, type Place, ROOT } from "./place.ts";
import { type Findings, report, type Task } from "./walk.ts";

/** More differences than this in one body are cut, and a difference with the trait `cut` says so. */
export const MAX_DIFFERENCES = 20_000;

/** What the repository says about lists: the identifying field of a list's elements, by the list's path. */
export interface JsonSettings {
  readonly listKeys?: Comparison["listKeys"];
}

export function jsonDifferences(reference: Json, shadow: Json, _settings: JsonSettings = {}): readonly Difference[] {
  const walk: Findings = { found: [], tasks: [{ place: ROOT, reference, shadow }] };
  for (let task = walk.tasks.pop(); task !== undefined; task = walk.tasks.pop()) {
    compareValues(walk, task);
    if (walk.found.length > MAX_DIFFERENCES) return [...walk.found.slice(0, MAX_DIFFERENCES), CUT];
  }
  return walk.found;
}

const CUT: Difference = { part: "body", kind: "value", path: "$", pattern: "$", traits: ["cut"] };

function compareValues(walk: Findings, task: Task): void {
  const { place, reference, shadow } = task;
  if (hashOf(reference) === hashOf(shadow) && !isOpen(reference) && !isOpen(shadow)) return;
  if (declaredType(reference) !== declaredType(shadow)) return report(walk, { place, kind: "type", reference, shadow });
  if (isObject(reference) && isObject(shadow)) return compareObjects(walk, task, [reference, shadow]);
  if (isList(reference) && isList(shadow)) return alignLists({ walk, place, reference, shadow });
  if (hashOf(reference) !== hashOf(shadow)) report(walk, { place, kind: "value", reference, shadow });
}

/** The type of the value that stood there before it was redacted. */
function declaredType(json: Json): JsonType {
  return (typeof json === "string" ? redactedValue(json)?.type : undefined) ?? typeOf(json);
}

function compareObjects(walk: Findings, task: Task, [reference, shadow]: readonly [JsonObject, JsonObject]): void {
  if (shadow.members.size === 0 && reference.members.size > 0 && !shadow.open)
    return report(walk, { place: task.place, kind: "value", reference, shadow });
  // Pushed in reverse, because the stack hands out the last one first: findings come in the order of the document.
  const deeper: Task[] = [];
  for (const [key, value] of reference.members) {
    const place = memberPlace(task.place, key);
    const other = shadow.members.get(key);
    if (other !== undefined) deeper.push({ place, reference: value, shadow: other });
    else if (!shadow.open)
      report(walk, { place, kind: "missing", reference: value, traits: fieldTraits(place, key, task) });
  }
  for (const [key, value] of shadow.members) {
    const place = memberPlace(task.place, key);
    if (!reference.members.has(key) && !reference.open)
      report(walk, { place, kind: "extra", shadow: value, traits: fieldTraits(place, key, task) });
  }
  for (const key of shadow.duplicates)
    if (!reference.duplicates.includes(key))
      reportDuplicate(walk, memberPlace(task.place, key), shadow.members.get(key));
  walk.tasks.push(...deeper.toReversed());
}

function reportDuplicate(walk: Findings, place: Place, shadow: Json | undefined): void {
  if (shadow !== undefined) report(walk, { place, kind: "extra", shadow, traits: ["duplicate"] });
}

function fieldTraits(place: Place, key: string, task: Task): readonly Trait[] {
  if (place.general === ".*") return ["item"];
  return task.optional?.has(key) ? ["optional"] : [];
}

function isOpen(json: Json): boolean {
  return (isObject(json) || isList(json)) && json.open;
}
