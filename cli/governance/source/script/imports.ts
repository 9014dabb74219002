/** Imports of TypeScript and JavaScript, and what the names of the file stand for because of them. */
import type { ImportFact } from "../../../../core/governance/source.ts";
import type { Names } from "../names.ts";
import type { PlaceAt } from "../places.ts";
import { chainMeaning, chainOf, requiredModule } from "./chain.ts";
import { child, children, keyOf, literalOf, type Node, textOf, type Visit } from "./tree.ts";

type Import = Omit<ImportFact, "line" | "column">;

export function importsOf(visits: readonly Visit[], placeAt: PlaceAt): readonly ImportFact[] {
  return visits.flatMap((visit) => {
    const found = importAt(visit);
    return found === null ? [] : [{ ...found, ...placeAt(visit.node.start) }];
  });
}

function importAt({ node, parent }: Visit): Import | null {
  switch (node.type) {
    case "ImportDeclaration":
      return written(node, "importKind");
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
      return written(node, "exportKind");
    case "TSExternalModuleReference":
      return fact(literalOf(child(node, "expression")), { typeOnly: parent?.node["importKind"] === "type" });
    case "TSImportType":
      return fact(literalOf(child(node, "source")), { typeOnly: true });
    case "ImportExpression":
    case "CallExpression":
      return fact(requiredModule(node), { dynamic: true });
    default:
      return null;
  }
}

function fact(module: string | null, how: Partial<Import>): Import | null {
  return module === null ? null : { module, typeOnly: false, dynamic: false, names: [], ...how };
}

/** A declaration is erased as a whole, or where each of its names is marked as a type. */
function written(node: Node, kind: "importKind" | "exportKind"): Import | null {
  const specifiers = children(node, "specifiers");
  const allTypes = specifiers.length > 0 && specifiers.every((specifier) => specifier[kind] === "type");
  const names = specifiers.flatMap((specifier) => externalName(specifier) ?? []);
  return fact(literalOf(child(node, "source")), { typeOnly: node[kind] === "type" || allTypes, names });
}

/** `a` of `import { a as b }` and `export { a as b } from`; null for `import a` and `import * as a`. */
function externalName(specifier: Node): string | null {
  const name = child(specifier, specifier.type === "ImportSpecifier" ? "imported" : "local");
  if (specifier.type !== "ImportSpecifier" && specifier.type !== "ExportSpecifier") return null;
  return textOf(name, "name") ?? literalOf(name);
}

/** In order of the text, so that a name made of an earlier one is known too. */
export function namesOf(visits: readonly Visit[]): Names {
  const names: Names = new Map();
  for (const { node } of visits) {
    if (node.type === "ImportDeclaration") addDeclaration(node, names);
    if (node.type === "TSImportEqualsDeclaration") addImportEquals(node, names);
    if (node.type === "VariableDeclarator") addVariable(node, names);
  }
  return names;
}

function addDeclaration(node: Node, names: Names): void {
  const from = literalOf(child(node, "source"));
  if (from === null) return;
  for (const specifier of children(node, "specifiers")) {
    const local = textOf(child(specifier, "local"), "name");
    const name = externalName(specifier);
    if (local !== null) names.set(local, { from, path: name === null || name === "default" ? [] : [name] });
  }
}

function addImportEquals(node: Node, names: Names): void {
  const local = textOf(child(node, "id"), "name");
  const reference = child(node, "moduleReference");
  const from = reference === null ? null : literalOf(child(reference, "expression"));
  if (local !== null && from !== null) names.set(local, { from, path: [] });
}

/** `const load = joblib.load`, `const { load: l } = require("joblib")`. */
function addVariable(node: Node, names: Names): void {
  const id = child(node, "id");
  const rooted = chainOf(child(node, "init"));
  const meaning = rooted === null ? null : chainMeaning(rooted, names);
  if (id === null || meaning === null) return;
  if (id.type === "Identifier") names.set(textOf(id, "name") ?? "", meaning);
  if (id.type !== "ObjectPattern") return;
  for (const property of children(id, "properties")) {
    const key = keyOf(property);
    const value = child(property, "value");
    const target = value?.type === "AssignmentPattern" ? child(value, "left") : value;
    const local = textOf(target, "name");
    if (key === null || local === null) continue;
    names.set(local, { ...meaning, path: key === "default" ? meaning.path : [...meaning.path, key] });
  }
}
