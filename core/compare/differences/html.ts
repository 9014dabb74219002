/**
 * Differences of two pages, by element, attribute and text. White space, the order of attributes and comments are nobody's
 * difference; JSON inside a script is compared as JSON, below the script's own path.
 */
import type { Difference, DifferenceKind } from "../difference.ts";
import { excerptsOf, MAX_EXCERPT_CHARS } from "../excerpt.ts";
import { type HtmlElement, type HtmlNode, hashOfNode } from "../formats/html-tree.ts";
import { alignNodes, type HtmlAlignment } from "./html-align.ts";
import { attributePlace, childPlace, HTML_ROOT, type HtmlPlace } from "./html-place.ts";
import { jsonTextDifferences } from "./json-texts.ts";

/** Differences that are told one by one; a page with more has become another page. */
const MAX_DIFFERENCES = 1_000;

/** Elements that come as many of one kind. Others do where siblings share a class. */
const ITEM_TAGS = new Set(["li", "tr", "option", "dt", "dd", "article", "td", "th", "p"]);

/** Elements that are one of many where there are at least so many of them side by side. */
const SERIES_TAGS = new Set(["a", "img", "figure", "section", "details"]);
const SERIES = 3;

interface Task {
  readonly place: HtmlPlace;
  readonly reference: HtmlElement;
  readonly shadow: HtmlElement;
}

export function htmlDifferences(reference: HtmlElement, shadow: HtmlElement): readonly Difference[] {
  const found: Difference[] = [];
  const tasks: Task[] = [{ place: HTML_ROOT, reference, shadow }];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    if (task.reference.hash === task.shadow.hash) continue;
    found.push(...attributeDifferences(task), ...contentDifferences(task, tasks));
    if (found.length > MAX_DIFFERENCES) return [...found.slice(0, MAX_DIFFERENCES), CUT];
  }
  return found;
}

const NOTHING: readonly Difference[] = [];

const CUT: Difference = { part: "body", kind: "value", path: "html", pattern: "html", traits: ["cut"] };

function attributeDifferences({ place, reference, shadow }: Task): readonly Difference[] {
  const names = new Set([...reference.attributes.keys(), ...shadow.attributes.keys()]);
  return [...names].flatMap((name) => {
    const sides = [reference.attributes.get(name), shadow.attributes.get(name)] as const;
    return sides[0] === sides[1] ? [] : [difference(attributePlace(place, name), sides)];
  });
}

function contentDifferences(task: Task, tasks: Task[]): readonly Difference[] {
  const { place, reference, shadow } = task;
  const data = scriptData(task);
  if (data !== null) return data;
  // Text that is gone from an element that stays was emptied.
  const [text, other] = [onlyText(reference), onlyText(shadow)];
  if (text !== null && other !== null && !reference.open && !shadow.open)
    return text === other ? [] : [difference(place, [text, other])];
  if (shadow.children.length === 0 && reference.children.length > 0 && !shadow.open)
    return [difference(place, [reference.children.map(written).join(""), ""])];
  const aligned = alignNodes(reference.children, shadow.children);
  const { pairs, missing, extra } = reference.open || shadow.open ? beforeCut(aligned) : aligned;
  const positions = [positionsOf(reference.children), positionsOf(shadow.children)] as const;
  const deeper = pairs.flatMap(([left, right]): readonly Difference[] => {
    const [first = "", second = ""] = [reference.children[left], shadow.children[right]];
    if (hashOfNode(first) === hashOfNode(second)) return NOTHING;
    if (typeof first === "string" && typeof second === "string")
      return first === second || isLast(task, left, right) ? NOTHING : [difference(place, [first, second])];
    if (typeof first !== "object" || typeof second !== "object") return NOTHING;
    tasks.push({ place: childPlace(place, first, positions[0](left)), reference: first, shadow: second });
    return NOTHING;
  });
  const isAligned = missing.length === 0 && extra.length === 0;
  const known = new Set(isAligned ? [] : reference.children.map(hashOfNode));
  const alike = countAlike(isAligned ? [] : reference.children);
  const lone = (side: 0 | 1, at: number): Difference =>
    loneDifference({ task, side, at, positions: positions[side], known, alike });
  return [
    ...deeper,
    ...missing.map((at) => lone(0, at)),
    ...extra.map((at) => lone(1, at)),
    ...orderDifferences(task, aligned),
  ];
}

/** The order in which a page stands is what a reader sees: never an accident of storage. */
function orderDifferences({ place, reference }: Task, { moved }: HtmlAlignment): readonly Difference[] {
  return !moved || isHead(reference) ? [] : [{ part: "body", kind: "order", ...place, traits: ["sorted"] }];
}

/** What stands here is found by its name; the order of scripts and styles is another matter. */
function isHead({ tag, children }: HtmlElement): boolean {
  return tag === "head" && children.every((node) => typeof node !== "string" && /^(?:meta|title|base)$/.test(node.tag));
}

/** In an element that a cut left open, what stands after the last thing both have is not known. */
function beforeCut({ pairs, missing, extra, moved }: HtmlAlignment): HtmlAlignment {
  const [left, right] = [Math.max(-1, ...pairs.map(([at]) => at)), Math.max(-1, ...pairs.map(([, at]) => at))];
  return { pairs, moved, missing: missing.filter((at) => at < left), extra: extra.filter((at) => at < right) };
}

/** The text that a cut went through. */
function isLast({ reference, shadow }: Task, left: number, right: number): boolean {
  const last = left === reference.children.length - 1 || right === shadow.children.length - 1;
  return last && (reference.open || shadow.open);
}

/** JSON in scripts (`application/json`, `application/ld+json`, a framework's state); null where there is none. */
function scriptData({ place, reference, shadow }: Task): readonly Difference[] | null {
  if (reference.tag !== "script" || reference.open || shadow.open) return null;
  const [left, right] = dataOf(onlyText(reference) ?? "", onlyText(shadow) ?? "");
  const found = jsonTextDifferences({ reference: { text: left, cut: false }, shadow: { text: right, cut: false } });
  if (found === null || found === "unparsable") return null;
  return found.map((inner) => ({
    ...inner,
    path: `${place.path} ${inner.path}`,
    pattern: `${place.pattern} ${inner.pattern}`,
  }));
}

const ASSIGNED = /^\s*((?:(?:var|let|const)\s+)?[A-Za-z_$][\w$.]*)\s*=\s*([[{][^]*[\]}])\s*;?\s*$/;

/** What both scripts assign to one name (`window.__STATE__ = {…};`); the whole scripts where they do not. */
function dataOf(reference: string, shadow: string): readonly [string, string] {
  const [left, right] = [ASSIGNED.exec(reference), ASSIGNED.exec(shadow)];
  const [name, other] = [left, right].map((match) => match?.[1]?.replaceAll(/\s+/g, " "));
  return name !== undefined && name === other ? [left?.[2] ?? "", right?.[2] ?? ""] : [reference, shadow];
}

/** The text of an element without elements; an empty one where it has nothing. */
function onlyText({ children }: HtmlElement): string | null {
  const [first = "", ...rest] = children;
  return rest.length === 0 && typeof first === "string" ? first : null;
}

interface Lone {
  readonly task: Task;
  readonly side: 0 | 1;
  readonly at: number;
  readonly positions: PositionOf;
  /** Hashes of the reference's children. */
  readonly known: ReadonlySet<number>;
  /** How many of the reference's children are of one kind. */
  readonly alike: ReadonlyMap<string, number>;
}

/** What only one side has. */
function loneDifference({ task, side, at, positions, known, alike }: Lone): Difference {
  const { children } = side === 0 ? task.reference : task.shadow;
  const node = children[at] ?? "";
  const sides = side === 0 ? ([written(node), undefined] as const) : ([undefined, written(node)] as const);
  if (typeof node === "string") return difference(task.place, sides);
  const found = difference(childPlace(task.place, node, positions(at)), sides);
  const again = side === 1 && known.has(node.hash);
  // A list of one is a list as well, where the same stands in it again.
  if (!isItem(node, alike) && !(again && ITEM_TAGS.has(node.tag))) return found;
  return { ...found, ...(again ? { kind: "duplicated" } : {}), traits: ["item"] };
}

/** One of many of its kind, of which the reference has at least two. */
function isItem(element: HtmlElement, alike: ReadonlyMap<string, number>): boolean {
  if (SERIES_TAGS.has(element.tag) && (alike.get(kindOf(element)) ?? 0) >= SERIES) return true;
  const kind = ITEM_TAGS.has(element.tag) || (element.attributes.get("class") ?? "") !== "";
  return kind && (alike.get(kindOf(element)) ?? 0) > 1;
}

function countAlike(children: readonly HtmlNode[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of children)
    if (typeof node !== "string") counts.set(kindOf(node), (counts.get(kindOf(node)) ?? 0) + 1);
  return counts;
}

function kindOf({ tag, attributes }: HtmlElement): string {
  return ITEM_TAGS.has(tag) ? tag : `${tag} ${attributes.get("class") ?? ""}`;
}

type PositionOf = (at: number) => number | null;

/** Positions among siblings of the same tag, from 1; null for the only one. */
function positionsOf(children: readonly HtmlNode[]): PositionOf {
  const counts = new Map<string, number>();
  const positions: number[] = [];
  for (const [at, node] of children.entries()) {
    if (typeof node === "string") continue;
    const position = (counts.get(node.tag) ?? 0) + 1;
    counts.set(node.tag, position);
    positions[at] = position;
  }
  return (at) => {
    const node = children[at];
    return typeof node === "object" && (counts.get(node.tag) ?? 0) > 1 ? (positions[at] ?? null) : null;
  };
}

function difference(
  place: HtmlPlace,
  [reference, shadow]: readonly [string | undefined, string | undefined],
): Difference {
  const kind: DifferenceKind = reference === undefined ? "extra" : shadow === undefined ? "missing" : "value";
  const [left, right] = excerptsOf(reference ?? "", shadow ?? "");
  return {
    part: "body",
    kind,
    ...place,
    ...(reference === undefined ? {} : { reference: left }),
    ...(shadow === undefined ? {} : { shadow: right }),
  };
}

/** The beginning of an element as it could be written: `<li class="a">Text<b>…`. */
function written(node: HtmlNode): string {
  const parts: string[] = [];
  const left: HtmlNode[] = [node];
  let length = 0;
  for (let next = left.pop(); next !== undefined && length < MAX_EXCERPT_CHARS; next = left.pop()) {
    const part = typeof next === "string" ? next : openTag(next);
    if (typeof next === "object") for (const child of next.children.toReversed()) left.push(child);
    length += part.length;
    parts.push(part);
  }
  return parts.join("").slice(0, MAX_EXCERPT_CHARS);
}

function openTag({ tag, attributes }: HtmlElement): string {
  return `<${[tag, ...[...attributes].map(([name, value]) => `${name}="${value}"`)].join(" ")}>`;
}
