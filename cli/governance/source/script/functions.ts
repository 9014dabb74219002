/** Functions of TypeScript and JavaScript with their names and what wraps them, and which of them each node is in. */
import type { FunctionFact } from "../../../../core/governance/source.ts";
import type { Names } from "../names.ts";
import type { PlaceAt } from "../places.ts";
import { chainOf, namedChain } from "./chain.ts";
import { child, children, keyOf, textOf, type Visit } from "./tree.ts";

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** What may stand between a function and the name that it gets. */
const PASSED_THROUGH = new Set([
  "CallExpression",
  "AwaitExpression",
  "ParenthesizedExpression",
  "TSAsExpression",
  "TSSatisfiesExpression",
]);

export interface Functions {
  readonly facts: readonly FunctionFact[];
  /** Index of the innermost function around a node; a function itself is in the one around it. */
  readonly scopeOf: (visit: Visit) => number;
}

export interface Reading {
  readonly names: Names;
  readonly placeAt: PlaceAt;
}

export function functionsOf(visits: readonly Visit[], { names, placeAt }: Reading): Functions {
  const facts: FunctionFact[] = [];
  const own = new Map<Visit, number>();
  const scopes = new Map<Visit, number>();
  for (const visit of visits) {
    const { node, parent } = visit;
    const scope = parent === null ? -1 : (own.get(parent) ?? scopes.get(parent) ?? -1);
    scopes.set(visit, scope);
    if (!FUNCTIONS.has(node.type)) continue;
    own.set(visit, facts.length);
    const name = functionName(visit);
    const wrappers = [...handedTo(visit, names), ...decorators(visit, names)];
    facts.push({ name, ...placeAt(node.start), endLine: placeAt(node.end).line, parent: scope, wrappers });
  }
  return { facts, scopeOf: (visit) => scopes.get(visit) ?? -1 };
}

function functionName(visit: Visit): string {
  const own = textOf(child(visit.node, "id"), "name");
  if (own !== null) return own;
  let at = visit.parent;
  while (at !== null && PASSED_THROUGH.has(at.node.type)) at = at.parent;
  if (at === null) return "";
  switch (at.node.type) {
    case "VariableDeclarator":
      return textOf(child(at.node, "id"), "name") ?? "";
    case "AssignmentExpression":
      return chainOf(child(at.node, "left"))?.chain.at(-1) ?? "";
    case "Property":
      return keyOf(at.node) ?? "";
    case "MethodDefinition":
    case "PropertyDefinition":
      return [className(at), keyOf(at.node) ?? ""].filter((part) => part !== "").join(".");
    default:
      return "";
  }
}

function className(member: Visit): string {
  const holder = member.parent?.parent ?? null;
  if (holder === null) return "";
  const own = textOf(child(holder.node, "id"), "name");
  if (own !== null) return own;
  const variable = holder.parent?.node;
  return variable?.type === "VariableDeclarator" ? (textOf(child(variable, "id"), "name") ?? "") : "";
}

/** `audited` of `const score = audited(async () => …)`. */
function handedTo(visit: Visit, names: Names): readonly string[] {
  const wrappers: string[] = [];
  let at = visit;
  while (at.parent !== null && PASSED_THROUGH.has(at.parent.node.type)) {
    const { parent } = at;
    const rooted =
      parent.node.type === "CallExpression" && at.key === "arguments" ? chainOf(child(parent.node, "callee")) : null;
    if (rooted !== null) wrappers.push(namedChain(rooted, names).callee);
    at = parent;
  }
  return wrappers;
}

function decorators({ parent }: Visit, names: Names): readonly string[] {
  if (parent === null) return [];
  return children(parent.node, "decorators").flatMap((decorator) => {
    const expression = child(decorator, "expression");
    const callee = expression?.type === "CallExpression" ? child(expression, "callee") : expression;
    const rooted = chainOf(callee);
    return rooted === null ? [] : [namedChain(rooted, names).callee];
  });
}

/** Name of the innermost named function at or around an index. */
export function nameAround(functions: readonly FunctionFact[], scope: number): string | null {
  for (let at = scope; at >= 0; at = functions[at]?.parent ?? -1) {
    const name = functions[at]?.name ?? "";
    if (name !== "") return name;
  }
  return null;
}
