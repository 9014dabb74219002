/**
 * The syntax tree of TypeScript and JavaScript as a flat list in order of the text, each node with what is around it. Flat, so that no depth of
 * nesting can end the stack of whoever walks it.
 */
import { visitorKeys } from "oxc-parser";

/** A node as the parser gives it; fields are read through the functions below. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface Visit {
  readonly node: Node;
  readonly parent: Visit | null;
  /** The field of the parent that holds it. */
  readonly key: string;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

export function child(node: Node, field: string): Node | null {
  const value = node[field];
  return isNode(value) ? value : null;
}

export function children(node: Node, field: string): readonly Node[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function textOf(node: Node | null, field: string): string | null {
  const value = node?.[field];
  return typeof value === "string" ? value : null;
}

/** Every node below and with `root`, in order of the text. */
export function visitsOf(root: Node): readonly Visit[] {
  const visits: Visit[] = [];
  const waiting: Visit[] = [{ node: root, parent: null, key: "" }];
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    visits.push(visit);
    pushChildren(visit, waiting);
  }
  return visits;
}

function pushChildren(visit: Visit, waiting: Visit[]): void {
  const keys = visitorKeys[visit.node.type] ?? [];
  for (const key of keys.toReversed()) {
    const value = visit.node[key];
    if (isNode(value)) waiting.push({ node: value, parent: visit, key });
    else if (Array.isArray(value))
      for (const node of children(visit.node, key).toReversed()) waiting.push({ node, parent: visit, key });
  }
}

/** Wrappers that are no code: types, brackets, `?.` and `await`. */
const TRANSPARENT: Readonly<Record<string, string>> = {
  ParenthesizedExpression: "expression",
  ChainExpression: "expression",
  TSNonNullExpression: "expression",
  TSAsExpression: "expression",
  TSSatisfiesExpression: "expression",
  TSTypeAssertion: "expression",
  TSInstantiationExpression: "expression",
  AwaitExpression: "argument",
};

export function unwrapped(node: Node | null): Node | null {
  let inner = node;
  for (let field = TRANSPARENT[inner?.type ?? ""]; inner !== null && field !== undefined; ) {
    inner = child(inner, field);
    field = TRANSPARENT[inner?.type ?? ""];
  }
  if (inner?.type === "SequenceExpression") return children(inner, "expressions").at(-1) ?? null;
  return inner;
}

/** The text of a literal string, also of a template without gaps; numbers and booleans as written. */
export function literalOf(node: Node | null): string | null {
  if (node === null) return null;
  if (node.type === "TemplateLiteral" && children(node, "expressions").length === 0) return templateText(node);
  if (node.type !== "Literal") return null;
  const { value } = node;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

function templateText(node: Node): string | null {
  const value = children(node, "quasis")[0]?.["value"];
  return typeof value === "object" && value !== null && "cooked" in value && typeof value.cooked === "string"
    ? value.cooked
    : null;
}

/** Name of a key of a class, interface or object: an identifier that is not computed, or a literal. */
export function keyOf(node: Node): string | null {
  const key = child(node, "key");
  if (key === null) return null;
  if (key.type === "PrivateIdentifier") return `#${textOf(key, "name") ?? ""}`;
  if (node["computed"] !== true && key.type === "Identifier") return textOf(key, "name");
  return literalOf(key);
}
