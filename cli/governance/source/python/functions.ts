/** Functions of Python with their names and what wraps them, and which of them each node is in. */
import type { FunctionFact } from "../../../../core/governance/source.ts";
import type { Names } from "../names.ts";
import { nameOf } from "../names.ts";
import { pyChain, pyNamed } from "./chain.ts";
import type { PyText } from "./imports.ts";
import type { PyNode } from "./tree.ts";

export interface PyFunctions {
  readonly facts: readonly FunctionFact[];
  readonly scopeOf: (node: PyNode) => number;
}

const PASSED_THROUGH = new Set(["CallExpression", "ArgList", "ParenthesizedExpression", "AwaitExpression"]);

export function pyFunctions({ nodes, text, placeAt }: PyText, names: Names): PyFunctions {
  const facts: FunctionFact[] = [];
  const own = new Map<PyNode, number>();
  const scopes = new Map<PyNode, number>();
  for (const node of nodes) {
    const { parent } = node;
    const scope = parent === null ? -1 : (own.get(parent) ?? scopes.get(parent) ?? -1);
    scopes.set(node, scope);
    if (node.name !== "FunctionDefinition" && node.name !== "LambdaExpression") continue;
    own.set(node, facts.length);
    facts.push({
      name: functionName(node, text),
      ...placeAt(node.from),
      endLine: placeAt(Math.max(node.from, node.to - 1)).line,
      parent: scope,
      wrappers: node.name === "LambdaExpression" ? handedTo(node, text, names) : decorators(node, text, names),
    });
  }
  return { facts, scopeOf: (node) => scopes.get(node) ?? -1 };
}

function functionName(node: PyNode, text: string): string {
  if (node.name === "LambdaExpression") return lambdaName(node, text);
  const name = wordOf(
    node.children.find((child) => child.name === "VariableName"),
    text,
  );
  const around = node.parent?.name === "DecoratedStatement" ? node.parent.parent : node.parent;
  const holder = around?.name === "Body" ? around.parent : null;
  return holder?.name === "ClassDefinition" ? `${wordOf(holder.children[1], text)}.${name}` : name;
}

function lambdaName(node: PyNode, text: string): string {
  let at = node.parent;
  while (at !== null && PASSED_THROUGH.has(at.name)) at = at.parent;
  return at?.name === "AssignStatement" && at.children[0]?.name === "VariableName" ? wordOf(at.children[0], text) : "";
}

function wordOf(node: PyNode | undefined, text: string): string {
  return node === undefined ? "" : text.slice(node.from, node.to);
}

function decorators(node: PyNode, text: string, names: Names): readonly string[] {
  if (node.parent?.name !== "DecoratedStatement") return [];
  return node.parent.children
    .filter(({ name }) => name === "Decorator")
    .map(({ children }) => {
      const parts = children.filter(({ name }) => /^(Variable|Property)Name$/.test(name));
      return nameOf(
        parts.map((part) => wordOf(part, text)),
        names,
      ).callee;
    });
}

/** `audited` of `score = audited(lambda row: …)`. */
function handedTo(node: PyNode, text: string, names: Names): readonly string[] {
  const wrappers: string[] = [];
  for (let at: PyNode = node; at.parent !== null && PASSED_THROUGH.has(at.parent.name); at = at.parent) {
    const call = at.parent;
    const rooted =
      call.name === "CallExpression" && at.name === "ArgList" ? pyChain(call.children[0], text, names) : null;
    if (rooted !== null) wrappers.push(pyNamed(rooted, names).callee);
  }
  return wrappers;
}
