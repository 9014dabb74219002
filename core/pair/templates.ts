/**
 * Route templates (`/users/{userId}`) as a tree: which of them names a path. Apart from `route-in.ts` for its own sake.
 * Literal segments win over segments with a name, from the left, as the OpenAPI specification has it. The search looks at a node
 * of the tree at most once for a path, so hostile paths and hostile templates cost no more than the tree is large.
 */
import { segmentsOf } from "./glob.ts";

/** Templates that are read, and segments of each: more than the largest public APIs have. */
const MAX_TEMPLATES = 5_000;
const MAX_SEGMENTS = 40;

/** `{id}.json`: a name between fixed texts. `before` and `after` are empty for `{id}` alone. */
interface Named {
  readonly before: string;
  readonly after: string;
  readonly node: Node;
}

interface Node {
  readonly literal: Map<string, Node>;
  /** The longest fixed texts first. */
  readonly named: Named[];
  /** The template that ends here. */
  template: string | null;
}

/** Finds the template of a path's decoded segments; null where none fits. */
export type FindTemplate = (segments: readonly string[]) => string | null;

export function findTemplateIn(templates: readonly string[]): FindTemplate {
  const root = emptyNode();
  for (const template of templates.slice(0, MAX_TEMPLATES)) insert(root, template);
  return (segments) => (segments.length > MAX_SEGMENTS ? null : search(root, segments, 0));
}

function emptyNode(): Node {
  return { literal: new Map(), named: [], template: null };
}

function insert(root: Node, template: string): void {
  const segments = segmentsOf(template);
  if (segments.length > MAX_SEGMENTS) return;
  let node = root;
  for (const segment of segments) node = childFor(node, segment);
  // The first of two templates that differ in their names alone.
  node.template ??= template;
}

function childFor(node: Node, segment: string): Node {
  const open = segment.indexOf("{");
  const close = segment.lastIndexOf("}");
  if (open === -1 || close < open) return literalChild(node, segment);
  const before = segment.slice(0, open);
  const after = segment.slice(close + 1);
  const known = node.named.find((n) => n.before === before && n.after === after);
  if (known !== undefined) return known.node;
  const named = { before, after, node: emptyNode() };
  node.named.push(named);
  node.named.sort((a, b) => b.before.length + b.after.length - a.before.length - a.after.length);
  return named.node;
}

function literalChild(node: Node, segment: string): Node {
  const child = node.literal.get(segment) ?? emptyNode();
  node.literal.set(segment, child);
  return child;
}

function search(node: Node, segments: readonly string[], at: number): string | null {
  const segment = segments[at];
  if (segment === undefined) return node.template;
  const literal = node.literal.get(segment);
  const found = literal === undefined ? null : search(literal, segments, at + 1);
  if (found !== null) return found;
  for (const { before, after, node: next } of node.named) {
    if (segment.length <= before.length + after.length) continue;
    if (!segment.startsWith(before) || !segment.endsWith(after)) continue;
    const deeper = search(next, segments, at + 1);
    if (deeper !== null) return deeper;
  }
  return null;
}
