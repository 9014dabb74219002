/** Classes and typed dicts of Python, with the names of their fields and what they are made of. */
import type { FieldFact, TypeFact, TypeUse } from "../../../../core/governance/source.ts";
import { meaningOf, type Names } from "../names.ts";
import { pyChain, pyUnwrapped } from "./chain.ts";
import type { PyText } from "./imports.ts";
import { literalText, type PyNode } from "./tree.ts";

/** Calls that make a type of what they are given. */
const MAKERS = /(^|\.)(TypedDict|namedtuple|NamedTuple|create_model|make_dataclass|dict)$/;

interface MutableType {
  readonly fact: Omit<TypeFact, "fields" | "uses">;
  readonly fields: string[];
  readonly uses: TypeUse[];
}

export interface PyTypes {
  readonly types: readonly TypeFact[];
  readonly fields: readonly FieldFact[];
}

/** The innermost type around a node, and whether a function stands between. */
interface Around {
  readonly type: MutableType | null;
  readonly inFunction: boolean;
}

const NOWHERE: Around = { type: null, inFunction: false };

export function pyTypes(source: PyText, names: Names): PyTypes {
  const types: MutableType[] = [];
  const fields: FieldFact[] = [];
  const around = new Map<PyNode, Around>();
  for (const node of source.nodes) {
    const outer = (node.parent === null ? undefined : around.get(node.parent)) ?? NOWHERE;
    const type = typeAt(node, source, names);
    if (type !== null) types.push(type);
    const inner: Around = type === null ? outer : { type, inFunction: false };
    around.set(node, node.name === "FunctionDefinition" ? { ...inner, inFunction: true } : inner);
    addField(node, inner, { source, fields });
    if (!inner.inFunction) inner.type?.uses.push(...usesAt(node, source.text, names));
  }
  return { types: types.map((type) => ({ ...type.fact, fields: type.fields, uses: type.uses })), fields };
}

/** Of what a method does, only `self.name = value` is a field of its class. */
function addField(
  node: PyNode,
  { type, inFunction }: Around,
  { source, fields }: { readonly source: PyText; readonly fields: FieldFact[] },
): void {
  const name = fieldName(node, source.text);
  if (name === null) return;
  fields.push({ name, owner: type?.fact.name ?? null, ...source.placeAt(node.from) });
  if (!inFunction || node.name === "AssignStatement") type?.fields.push(name);
}

function typeAt(node: PyNode, { text, placeAt }: PyText, names: Names): MutableType | null {
  const name = node.name === "ClassDefinition" ? node.children[1] : assignedName(node, text, names);
  if (name === null || name?.name !== "VariableName") return null;
  return { fact: { name: text.slice(name.from, name.to), ...placeAt(node.from) }, fields: [], uses: [] };
}

/** `X = {…}`, `X = TypedDict("X", {…})`. */
function assignedName(node: PyNode, text: string, names: Names): PyNode | null {
  if (node.name !== "AssignStatement" || node.children.at(-2)?.name !== "AssignOp") return null;
  const value = pyUnwrapped(node.children.at(-1));
  const isMade =
    value?.name === "CallExpression" && MAKERS.test((pyChain(value.children[0], text, names)?.chain ?? []).join("."));
  return value?.name === "DictionaryExpression" || isMade ? (node.children[0] ?? null) : null;
}

function fieldName(node: PyNode, text: string): string | null {
  switch (node.name) {
    case "AssignStatement":
      return assignedField(node, text);
    case "String":
      return stringField(node, text);
    case "VariableName":
      return keywordField(node, text);
    case "FunctionDefinition":
      return propertyField(node, text);
    default:
      return null;
  }
}

/** `name: type`, `name = value` of a class, `self.name = value` of its methods. */
function assignedField({ children: [target], parent }: PyNode, text: string): string | null {
  if (target === undefined) return null;
  const written = text.slice(target.from, target.to);
  if (target.name === "MemberExpression") return /^self\.(\w+)$/.exec(written)?.[1] ?? null;
  const ofClass = parent?.name === "Body" && parent.parent?.name === "ClassDefinition";
  return ofClass && target.name === "VariableName" ? written : null;
}

/** A key of a dict literal, the alias of a field, a name in `namedtuple("X", ["a"])`. */
function stringField(node: PyNode, text: string): string | null {
  switch (node.parent?.name) {
    case "DictionaryExpression":
      return node.parent.children[node.index + 1]?.name === ":" ? literalText(node, text) : null;
    case "ArgList":
      return isAlias(node, node.parent.children, text) ? literalText(node, text) : null;
    case "ArrayExpression":
      return isListOfFields(node.parent, text) ? literalText(node, text) : null;
    default:
      return null;
  }
}

function isAlias({ index }: PyNode, siblings: readonly PyNode[], text: string): boolean {
  const name = siblings[index - 2];
  if (name === undefined || siblings[index - 1]?.name !== "AssignOp") return false;
  return /^(?:serialization_)?alias$/.test(text.slice(name.from, name.to));
}

function isListOfFields({ parent }: PyNode, text: string): boolean {
  const callee = parent?.parent?.name === "CallExpression" ? parent.parent.children[0] : undefined;
  return callee !== undefined && /(?:namedtuple|make_dataclass)$/.test(text.slice(callee.from, callee.to));
}

/** `create_model("X", name=(str, …))`, `dict(name=…)`. */
function keywordField(node: PyNode, text: string): string | null {
  if (node.parent?.name !== "ArgList" || node.parent.parent?.name !== "CallExpression") return null;
  const siblings = node.parent.children;
  if (siblings[node.index + 1]?.name !== "AssignOp") return null;
  const callee = node.parent.parent.children[0];
  return callee !== undefined && MAKERS.test(text.slice(callee.from, callee.to))
    ? text.slice(node.from, node.to)
    : null;
}

/** A property is a field to those who read it. */
function propertyField(node: PyNode, text: string): string | null {
  if (node.parent?.name !== "DecoratedStatement") return null;
  const isProperty = node.parent.children.some(
    (child) =>
      child.name === "Decorator" &&
      /(property|computed_field|hybrid_property)\b/.test(text.slice(child.from, child.to)),
  );
  const name = node.children.find((child) => child.name === "VariableName");
  return isProperty && name !== undefined ? text.slice(name.from, name.to) : null;
}

/** Bases in the brackets of a class, `**Other` of a dict, and the names in types of fields, quoted or not. */
function usesAt(node: PyNode, text: string, names: Names): readonly TypeUse[] {
  const { parent } = node;
  if (parent?.name === "ArgList" && parent.parent?.name === "ClassDefinition")
    return baseAt(node, parent, { text, names });
  if (parent?.name === "DictionaryExpression" && node.name === "VariableName")
    return spreadAt(node, parent, { text, names });
  if (node.name !== "TypeDef") return [];
  const mentioned = text.slice(node.from, node.to).match(/[A-Za-z_]\w*(\.\w+)*/g) ?? [];
  return mentioned.map((name) => namedUse(name.split("."), false, names));
}

interface Known {
  readonly text: string;
  readonly names: Names;
}

function baseAt(node: PyNode, list: PyNode, { text, names }: Known): readonly TypeUse[] {
  const at = node.index;
  const isKeyword = list.children[at + 1]?.name === "AssignOp" || list.children[at - 1]?.name === "AssignOp";
  if (isKeyword || !/^(VariableName|MemberExpression)$/.test(node.name)) return [];
  const subscripted = node.name === "MemberExpression" && node.children[1]?.name === "[";
  const rooted = pyChain(subscripted ? node.children[0] : node, text, names);
  return rooted === null ? [] : [namedUse(rooted.chain, true, names)];
}

function spreadAt(node: PyNode, dict: PyNode, { text, names }: Known): readonly TypeUse[] {
  const before = dict.children[node.index - 1];
  return before?.name === "**" ? [namedUse([text.slice(node.from, node.to)], true, names)] : [];
}

function namedUse(chain: readonly string[], isBase: boolean, names: Names): TypeUse {
  const meaning = meaningOf(chain, names);
  if (meaning === null) return { name: chain.join("."), from: null, isBase };
  return { name: meaning.path.join("."), from: meaning.from, isBase };
}
