/** Classes, interfaces, types and schemas of TypeScript and JavaScript, with the names of their fields and what they are made of. */
import type { FieldFact, TypeFact, TypeUse } from "../../../../core/governance/source.ts";
import type { Meaning, Names } from "../names.ts";
import { chainOf } from "./chain.ts";
import type { Reading } from "./functions.ts";
import { child, keyOf, type Node, textOf, unwrapped, type Visit } from "./tree.ts";

const FIELDS = new Set(["PropertyDefinition", "TSPropertySignature", "TSAbstractPropertyDefinition", "Property"]);

/** Functions that make a schema of an object literal, or add to one. Other calls only take an object. */
const SCHEMA_MAKERS =
  /^(object|strictObject|looseObject|strict|extend|safeExtend|merge|and|intersection|union|interface|type|partial|Object|Struct|struct|shape|Schema|lazy|array|Array|infer|meta|describe|openapi|discriminatedUnion)$/;

/** The chain of types around a node, innermost first. */
interface Around {
  readonly type: MutableType;
  readonly next: Around | null;
}

interface MutableType {
  readonly fact: Omit<TypeFact, "fields" | "uses">;
  readonly fields: string[];
  readonly uses: TypeUse[];
}

/** Types inside of types; a field counts for that many of those around it. */
const MAX_AROUND = 20;

export interface Types {
  readonly types: readonly TypeFact[];
  readonly fields: readonly FieldFact[];
}

export function typesOf(visits: readonly Visit[], reading: Reading): Types {
  const types: MutableType[] = [];
  const fields: FieldFact[] = [];
  const around = new Map<Visit, Around | null>();
  for (const visit of visits) {
    const outer = visit.parent === null ? null : (around.get(visit.parent) ?? null);
    const open = isBody(visit) ? null : outer;
    addField(visit, open, { fields, reading });
    addUse(visit, open, reading.names);
    const type = typeAt(visit, reading);
    if (type !== null) types.push(type);
    around.set(visit, type === null ? open : { type, next: open });
  }
  return { types: types.map((type) => ({ ...type.fact, fields: type.fields, uses: type.uses })), fields };
}

/** What a function does with objects is not part of the type around it. */
function isBody({ node, parent }: Visit): boolean {
  return node.type === "BlockStatement" && parent?.node.type !== "BlockStatement" && parent?.key !== "consequent";
}

function typeAt({ node }: Visit, { placeAt }: Reading): MutableType | null {
  const name = typeName(node);
  return name === null ? null : { fact: { name, ...placeAt(node.start) }, fields: [], uses: [] };
}

function typeName(node: Node): string | null {
  switch (node.type) {
    case "ClassDeclaration":
    case "ClassExpression":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return textOf(child(node, "id"), "name");
    case "VariableDeclarator":
      return isSchema(child(node, "init")) ? textOf(child(node, "id"), "name") : null;
    case "Property":
      return isSchema(child(node, "value")) ? keyOf(node) : null;
    default:
      return null;
  }
}

function isSchema(value: Node | null): boolean {
  if (value?.type === "AwaitExpression") return false;
  const at = unwrapped(value);
  return at?.type === "ObjectExpression" || at?.type === "ClassExpression" || isMade(at);
}

/** `z.object({…}).strict().describe("…")`: some link of the chain makes it. */
function isMade(value: Node | null): boolean {
  let at = value;
  while (at?.type === "CallExpression" || at?.type === "NewExpression") {
    const callee = unwrapped(child(at, "callee"));
    const isMember = callee?.type === "MemberExpression";
    if (SCHEMA_MAKERS.test(textOf(isMember ? child(callee, "property") : callee, "name") ?? "")) return true;
    at = isMember ? unwrapped(child(callee, "object")) : null;
  }
  return false;
}

function addField(
  { node, parent }: Visit,
  around: Around | null,
  { fields, reading }: { readonly fields: FieldFact[]; readonly reading: Reading },
): void {
  if (!FIELDS.has(node.type) || parent?.node.type === "ObjectPattern") return;
  const name = keyOf(node);
  if (name === null) return;
  fields.push({ name, owner: around?.type.fact.name ?? null, ...reading.placeAt(node.start) });
  let at = around;
  for (let depth = 0; at !== null && depth < MAX_AROUND; depth += 1, at = at.next) at.type.fields.push(name);
}

function addUse(visit: Visit, around: Around | null, names: Names): void {
  const use = around === null ? null : foundUse(visit, names);
  if (use === null) return;
  let at = around;
  for (let depth = 0; at !== null && depth < MAX_AROUND; depth += 1, at = at.next) at.type.uses.push(use);
}

function foundUse(visit: Visit, names: Names): TypeUse | null {
  const { node, parent, key } = visit;
  const base = parent !== null && isBase(visit, parent);
  switch (node.type) {
    case "TSTypeReference":
      return namedUse(child(node, "typeName"), base, names);
    case "TSTypeQuery":
      return namedUse(child(node, "exprName"), base, names);
    case "TSInterfaceHeritage":
    case "TSClassImplements":
      return namedUse(child(node, "expression"), node.type === "TSInterfaceHeritage", names);
    case "SpreadElement":
      return namedUse(child(node, "argument"), true, names);
    case "Identifier":
    case "MemberExpression":
      return key === "superClass" || key === "value" || key === "arguments" || isExtended(visit)
        ? namedUse(node, key === "superClass" || key === "arguments" || isExtended(visit), names)
        : null;
    default:
      return null;
  }
}

/** An alias of a type, or a part of an intersection, has all of its fields; so has what `z.infer<typeof X>` names. */
function isBase({ node }: Visit, parent: Visit): boolean {
  const { type } = parent.node;
  return type === "TSTypeAliasDeclaration" || type === "TSIntersectionType" || node.type === "TSTypeQuery";
}

/** `Base` of `Base.extend({…})`. */
function isExtended({ key, node, parent }: Visit): boolean {
  return key === "object" && node.type === "Identifier" && parent?.key === "callee";
}

function namedUse(node: Node | null, base: boolean, names: Names): TypeUse | null {
  const chain = entityChain(node);
  if (chain === null) return null;
  const meaning: Meaning | undefined = names.get(chain[0] ?? "");
  if (meaning === undefined) return { name: chain[0] ?? "", from: null, isBase: base };
  return { name: [...meaning.path, ...chain.slice(1)][0] ?? "", from: meaning.from, isBase: base };
}

function entityChain(node: Node | null): readonly string[] | null {
  if (node?.type !== "TSQualifiedName") return chainOf(node)?.chain ?? null;
  const left = entityChain(child(node, "left"));
  return left === null ? null : [...left, textOf(child(node, "right"), "name") ?? ""];
}
