/**
 * The members of two objects. Mostly both have the same names in the same order, which is seen without any table; only
 * where they have not are members looked up by name.
 */
import type { Trait } from "../difference.ts";
import { isEmpty, isOpen, type JsonDocument, linkOf } from "../json/document.ts";
import { hiddenNames } from "../json/hash.ts";
import { type Members, membersOf, newVisit } from "../json/members.ts";
import { isOptional } from "./optional.ts";
import { isMapKey, memberPlace } from "./place.ts";
import { isSameText } from "./same-text.ts";
import { type Fact, report, type Task, type Walk } from "./walk.ts";

export function compareObjects(walk: Walk, task: Task): void {
  const { place, reference, shadow } = task;
  const isEmptied = isEmpty(walk.shadow, shadow) && !isEmpty(walk.reference, reference);
  if (isEmptied && !isOpen(walk.shadow, shadow)) return report(walk, { place, kind: "value", reference, shadow });
  // The stack hands out the last one first, and findings come in the order of the document.
  const deeper = membersInStep(walk, task) ?? membersByName(walk, task);
  for (let at = deeper.length - 1; at >= 0; at--) {
    const next = deeper[at];
    if (next !== undefined) walk.tasks.push(next);
  }
}

/** What differs of two objects with the same names in the same order, each once; otherwise null. */
function membersInStep(walk: Walk, { place, reference, shadow }: Task): readonly Task[] | null {
  const deeper: Task[] = [];
  const { keys } = walk.reference;
  const visit = newVisit(keys);
  const [end, otherEnd] = [linkOf(walk.reference, reference), linkOf(walk.shadow, shadow)];
  let node = reference + 1;
  let other = shadow + 1;
  while (node < end && other < otherEnd) {
    const name = linkOf(walk.reference, node);
    if (name !== linkOf(walk.shadow, other) || keys.visits[name] === visit) return null;
    keys.visits[name] = visit;
    if (!isSameText(walk.same, node + 1, other + 1))
      deeper.push({ place: memberPlace(place, keys.names[name] ?? ""), reference: node + 1, shadow: other + 1 });
    node = linkOf(walk.reference, node + 1);
    other = linkOf(walk.shadow, other + 1);
  }
  return node === end && other === otherEnd ? deeper : null;
}

function membersByName(walk: Walk, task: Task): readonly Task[] {
  const { place } = task;
  const [left, right] = [membersOf(walk.reference, task.reference), membersOf(walk.shadow, task.shadow)];
  const others = new Map(right.names.map((name, at) => [name, right.values[at] ?? 0]));
  const deeper: Task[] = [];
  for (const [at, name] of left.names.entries()) {
    const reference = left.values[at] ?? 0;
    const shadow = others.get(name);
    if (shadow === undefined) reportRemoved(walk, task, [name, reference]);
    else if (!isSameText(walk.same, reference, shadow))
      deeper.push({ place: memberPlace(place, nameOf(walk.shadow, name)), reference, shadow });
  }
  reportAdded(walk, task, [left, right]);
  reportHidden(walk, task, [left, right]);
  return deeper;
}

function reportRemoved(walk: Walk, task: Task, [name, reference]: readonly [number, number]): void {
  if (isOpen(walk.shadow, task.shadow)) return;
  const fact = factOf(walk, task, name);
  report(walk, { ...fact, kind: "missing", reference });
  if (!fact.traits?.includes("item")) walk.removed.push({ ...fact, kind: "missing", reference });
}

function reportAdded(walk: Walk, task: Task, [left, right]: readonly [Members, Members]): void {
  if (isOpen(walk.reference, task.reference)) return;
  const known = new Set(left.names);
  for (const [at, name] of right.names.entries()) {
    if (known.has(name)) continue;
    const fact: Fact = { ...factOf(walk, task, name), kind: "extra", shadow: right.values[at] };
    report(walk, fact);
    if (!fact.traits?.includes("item")) walk.added.push(fact);
  }
}

/** Names that hide a value in the shadow and did not in the reference. */
function reportHidden(walk: Walk, { place }: Task, [left, right]: readonly [Members, Members]): void {
  if (right.twice.length === 0) return;
  const known = new Set(hiddenNames(walk.reference, left));
  for (const name of new Set(hiddenNames(walk.shadow, right))) {
    if (known.has(name)) continue;
    const shadow = right.values[right.names.indexOf(name)];
    report(walk, {
      place: memberPlace(place, nameOf(walk.shadow, name)),
      kind: "extra",
      shadow,
      traits: ["duplicate"],
    });
  }
}

function factOf(walk: Walk, task: Task, name: number): Pick<Fact, "place" | "traits"> {
  const text = nameOf(walk.shadow, name);
  const isItem = isMapKey(text);
  const isRare = !isItem && isOptional([walk.reference, walk.peers], task.place, name);
  const traits: readonly Trait[] = isItem ? ["item"] : isRare ? ["optional"] : [];
  return { place: memberPlace(task.place, text), traits };
}

function nameOf({ keys }: JsonDocument, name: number): string {
  return keys.names[name] ?? "";
}
