/**
 * Puts a call of `__fault(n)` before every statement of a source file, where `n` numbers the statements of all files. What
 * cannot throw by itself is left out: `try`, empty statements, blocks, functions, classes, imports, types, and declarations
 * without a value. An arrow function's expression counts as a statement.
 */
import { stripTypeScriptTypes } from "node:module";
import { type AnyNode, type Node, parse } from "acorn";

export interface Statement {
  readonly n: number;
  readonly file: string;
  readonly line: number;
  /** The first words of it. */
  readonly text: string;
  /** Runs once when the Worker starts: a fault there stops a deployment, and no request meets it. */
  readonly atStart: boolean;
}

export interface Instrumented {
  readonly code: string;
  readonly statements: readonly Statement[];
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** What a walk has gathered so far. */
interface Gathered {
  readonly source: string;
  readonly file: string;
  readonly first: number;
  readonly insertions: Insertion[];
  readonly statements: Statement[];
}

/** `first` is the number of the file's first statement. The code is JavaScript with the lines of the source. */
export function instrument(typed: string, file: string, first: number): Instrumented {
  const source = stripTypeScriptTypes(typed);
  const program = parse(source, { ecmaVersion: "latest", sourceType: "module", locations: true, preserveParens: true });
  const gathered: Gathered = { source, file, first, insertions: [], statements: [] };
  walk(program, gathered, false);
  return { code: inserted(source, gathered.insertions), statements: gathered.statements };
}

function inserted(source: string, insertions: readonly Insertion[]): string {
  // At the same place the outer one was gathered first, and a closing one is at another place.
  const ordered = insertions.toSorted((a, b) => b.at - a.at);
  return ordered.reduce((code, { at, text }) => code.slice(0, at) + text + code.slice(at), source);
}

const CANNOT_THROW: ReadonlySet<string> = new Set([
  "TryStatement",
  "EmptyStatement",
  "BlockStatement",
  "FunctionDeclaration",
  "ClassDeclaration",
  "ImportDeclaration",
  "ExportAllDeclaration",
]);

function canThrow(node: AnyNode): boolean {
  if (CANNOT_THROW.has(node.type)) return false;
  if (node.type === "VariableDeclaration")
    return node.declarations.some(({ init }) => init !== null && init !== undefined);
  if (node.type === "ExportNamedDeclaration") return node.declaration?.type === "VariableDeclaration";
  return true;
}

/** Lists of statements by the node that has them. */
function listOf(node: AnyNode): readonly AnyNode[] {
  if (node.type === "Program" || node.type === "BlockStatement" || node.type === "StaticBlock") return node.body;
  return node.type === "SwitchCase" ? node.consequent : [];
}

/** Statements that stand alone, without braces: they get some. */
function loneOf(node: AnyNode): readonly AnyNode[] {
  const found: readonly (AnyNode | null | undefined)[] =
    node.type === "IfStatement"
      ? [node.consequent, node.alternate]
      : "body" in node && /^(For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type) && !Array.isArray(node.body)
        ? [node.body]
        : [];
  return found.filter((one): one is AnyNode => one !== null && one !== undefined && one.type !== "BlockStatement");
}

function walk(node: AnyNode, gathered: Gathered, inFunction: boolean): void {
  for (const one of listOf(node)) if (canThrow(one)) before(one, gathered, inFunction);
  for (const one of loneOf(node)) braced(one, gathered, inFunction);
  if (node.type === "ArrowFunctionExpression" && node.expression) {
    gathered.insertions.push({ at: node.body.start, text: `(__fault(${numbered(node.body, gathered, true)}), (` });
    gathered.insertions.push({ at: node.body.end, text: "))" });
  }
  const isFunction = node.type.includes("Function");
  for (const child of childrenOf(node)) walk(child, gathered, inFunction || isFunction);
}

function before(node: AnyNode, gathered: Gathered, inFunction: boolean): void {
  const n = numbered(node, gathered, inFunction);
  gathered.insertions.push({ at: node.start, text: `__fault(${n}); ` });
}

function braced(node: AnyNode, gathered: Gathered, inFunction: boolean): void {
  const n = canThrow(node) ? `__fault(${numbered(node, gathered, inFunction)}); ` : "";
  gathered.insertions.push({ at: node.start, text: `{ ${n}` });
  gathered.insertions.push({ at: node.end, text: " }" });
}

function numbered(node: Node, { source, file, first, statements }: Gathered, inFunction: boolean): number {
  const n = first + statements.length;
  const text = source.slice(node.start, node.end).split("\n")[0]?.trim().slice(0, 80) ?? "";
  statements.push({ n, file, line: node.loc?.start.line ?? 0, text, atStart: !inFunction });
  return n;
}

function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.values(node).flatMap((value: unknown) => (Array.isArray(value) ? value : [value]).filter(isNode));
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
