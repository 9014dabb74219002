/** Calls of Python with the values of their literal arguments. */
import type { CallFact } from "../../../../core/governance/source.ts";
import type { Names } from "../names.ts";
import { nameAround } from "../script/functions.ts";
import { pyChain, pyNamed, pyUnwrapped } from "./chain.ts";
import type { PyFunctions } from "./functions.ts";
import type { PyText } from "./imports.ts";
import { literalText, type PyNode } from "./tree.ts";

/** Values of one call; more says nothing more, and keeps hostile literals small. */
const MAX_VALUES = 100;

const LISTS = new Set(["ArrayExpression", "TupleExpression", "SetExpression"]);

interface Values {
  readonly text: string;
  readonly names: Names;
  /** Names of this file that hold nothing but literals. */
  readonly constants: ReadonlyMap<string, readonly string[]>;
}

export function pyCalls(source: PyText, names: Names, functions: PyFunctions): readonly CallFact[] {
  const { nodes, text, placeAt } = source;
  const values = { text, names, constants: constantsOf(source) };
  return nodes.flatMap((node): readonly CallFact[] => {
    const rooted = node.name === "CallExpression" ? pyChain(node.children[0], text, names) : null;
    if (rooted === null) return [];
    const scope = functions.scopeOf(node);
    const within = nameAround(functions.facts, scope);
    const args = argumentsOf(node.children[1], values);
    return [{ ...pyNamed(rooted, names), ...placeAt(node.from), scope, within, args }];
  });
}

function argumentsOf(list: PyNode | undefined, values: Values): readonly (string | null)[] {
  const positional: (string | null)[] = [];
  const named: string[] = [];
  for (const [first, second, third] of betweenCommas(list?.children.slice(1, -1) ?? [])) {
    if (first?.name === "*") positional.push(null);
    else if (first?.name === "**") named.push(...membersOf(second, values));
    else if (second?.name === "AssignOp") named.push(...namedValues(first, third, values));
    else if (first !== undefined) {
      positional.push(positionalValue(first, values));
      named.push(...membersOf(first, values));
    }
  }
  return [...positional, ...named].slice(0, MAX_VALUES);
}

function betweenCommas(nodes: readonly PyNode[]): readonly (readonly PyNode[])[] {
  const groups: PyNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ",") groups.push([]);
    else if (node.name !== "Comment") groups.at(-1)?.push(node);
  }
  return groups;
}

function positionalValue(node: PyNode, values: Values): string | null {
  return valuesOf(node, values)[0] ?? importedName(node, values);
}

function namedValues(name: PyNode | undefined, value: PyNode | undefined, values: Values): readonly string[] {
  if (name === undefined || value === undefined) return [];
  const key = values.text.slice(name.from, name.to);
  const found = valuesOf(value, values);
  const imported = found.length === 0 ? importedName(value, values) : null;
  return (imported === null ? found : [imported]).map((each) => `${key}=${each}`);
}

function importedName(node: PyNode, { text, names }: Values): string | null {
  const rooted = pyChain(node, text, names);
  const named = rooted === null ? null : pyNamed(rooted, names);
  return named?.imported === true ? named.callee : null;
}

/** Members of a dict literal as `name=value`. */
function membersOf(node: PyNode | undefined, values: Values): readonly string[] {
  if (node?.name !== "DictionaryExpression") return [];
  return node.children.flatMap((child, at) => {
    if (child.name !== ":") return [];
    const key = literalText(node.children[at - 1], values.text);
    const value = node.children[at + 1];
    return key === null || value === undefined ? [] : valuesOf(value, values).map((each) => `${key}=${each}`);
  });
}

/** The literal, the literals of a list, or those that a name holds. */
function valuesOf(node: PyNode, { text, constants }: Pick<Values, "text" | "constants">): readonly string[] {
  const value = pyUnwrapped(node);
  const literal = literalText(value, text);
  if (literal !== null) return [literal];
  if (value?.name === "VariableName") return constants.get(text.slice(value.from, value.to)) ?? [];
  if (value === null || !LISTS.has(value.name)) return [];
  return value.children.flatMap((item) => literalText(item, text) ?? []).slice(0, MAX_VALUES);
}

/** A name that is assigned twice may be either, so both values count. */
function constantsOf({ nodes, text }: PyText): ReadonlyMap<string, readonly string[]> {
  const constants = new Map<string, readonly string[]>();
  for (const { name, children } of nodes) {
    const target = name === "AssignStatement" && children[0]?.name === "VariableName" ? children[0] : null;
    const value = children.at(-1);
    if (target === null || value === undefined || value.name === "VariableName" || value.name === "TypeDef") continue;
    const key = text.slice(target.from, target.to);
    const found = valuesOf(value, { text, constants });
    if (found.length > 0) constants.set(key, [...(constants.get(key) ?? []), ...found].slice(0, MAX_VALUES));
  }
  return constants;
}
