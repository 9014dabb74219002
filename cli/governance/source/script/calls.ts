/** Calls of TypeScript and JavaScript with the values of their literal arguments. */
import type { CallFact } from "../../../../core/governance/source.ts";
import type { Names } from "../names.ts";
import { chainOf, namedChain } from "./chain.ts";
import { type Functions, nameAround, type Reading } from "./functions.ts";
import { child, children, keyOf, literalOf, type Node, textOf, unwrapped, type Visit } from "./tree.ts";

/** Values of one argument; more says nothing more, and keeps hostile literals small. */
const MAX_VALUES = 100;

/** Objects inside of objects: `{ hash: { name: "SHA-1" } }`. */
const MAX_DEPTH = 3;

interface Known extends Reading {
  readonly functions: Functions;
}

interface Values {
  readonly names: Names;
  /** Names of this file that hold nothing but literals. */
  readonly constants: ReadonlyMap<string, readonly string[]>;
}

export function callsOf(visits: readonly Visit[], known: Known): readonly CallFact[] {
  const values = { names: known.names, constants: constantsOf(visits) };
  return visits.flatMap((visit) => callAt(visit, known, values) ?? []);
}

function callAt(visit: Visit, { names, placeAt, functions }: Known, values: Values): CallFact | null {
  const { node } = visit;
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return null;
  const rooted = chainOf(child(node, "callee"));
  if (rooted === null) return null;
  const scope = functions.scopeOf(visit);
  return {
    ...namedChain(rooted, names),
    ...placeAt(node.start),
    scope,
    within: nameAround(functions.facts, scope),
    args: argumentsOf(children(node, "arguments"), values),
  };
}

function argumentsOf(nodes: readonly Node[], values: Values): readonly (string | null)[] {
  const positional = nodes.map((node) => positionalValue(unwrapped(node), values));
  const named = nodes.flatMap((node) => namedValues(unwrapped(node), values, 0));
  return [...positional, ...named].slice(0, MAX_VALUES);
}

function positionalValue(node: Node | null, values: Values): string | null {
  return node === null ? null : (literalOf(node) ?? valuesOf(node, values)[0] ?? importedName(node, values));
}

function importedName(node: Node, { names }: Values): string | null {
  const rooted = chainOf(node);
  const named = rooted === null ? null : namedChain(rooted, names);
  return named?.imported === true ? named.callee : null;
}

function namedValues(node: Node | null, values: Values, depth: number): readonly string[] {
  if (node === null || node.type !== "ObjectExpression" || depth >= MAX_DEPTH) return [];
  return children(node, "properties").flatMap((property) => {
    const value = unwrapped(child(property, "value"));
    const key = keyOf(property);
    if (key === null || value === null) return [];
    const inner = namedValues(value, values, depth + 1);
    return [...valuesOf(value, values).map((each) => `${key}=${each}`), ...inner].slice(0, MAX_VALUES);
  });
}

/** The literal, the literals of a list, or those that a name holds. */
function valuesOf(node: Node, { constants }: Values): readonly string[] {
  const literal = literalOf(node);
  if (literal !== null) return [literal];
  if (node.type === "Identifier") return constants.get(textOf(node, "name") ?? "") ?? [];
  if (node.type !== "ArrayExpression") return [];
  return children(node, "elements").flatMap((element) => literalOf(unwrapped(element)) ?? []);
}

/** A name that is declared twice may be either, so both values count. */
function constantsOf(visits: readonly Visit[]): ReadonlyMap<string, readonly string[]> {
  const constants = new Map<string, readonly string[]>();
  for (const { node } of visits) {
    const name = node.type === "VariableDeclarator" ? textOf(child(node, "id"), "name") : null;
    const value = name === null ? null : unwrapped(child(node, "init"));
    if (name === null || value === null || value.type === "Identifier") continue;
    const found = valuesOf(value, { names: new Map(), constants });
    if (found.length > 0) constants.set(name, [...(constants.get(name) ?? []), ...found].slice(0, MAX_VALUES));
  }
  return constants;
}
