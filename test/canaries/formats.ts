/**
 * What keys look like, read out of the source of secretlint's rules: a list that the detectors do not use, so that they are
 * not tested against themselves. Every expression that a rule hands to `matchAll` is one format.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type AnyNode, parse } from "acorn";

const MODULE = "@secretlint/secretlint-rule-preset-recommend";

/** Expressions that find where a rule applies, and hold nothing secret. */
const NOT_SECRET = /secretlint-|PRIVATE KEY\/|\)\?\\s\?PRIVATE KEY$/;

export function publishedFormats(): readonly RegExp[] {
  const source = readFileSync(fileURLToPath(import.meta.resolve(MODULE)), "utf8");
  const program = parse(source, { ecmaVersion: "latest", sourceType: "module" });
  const found = new Map<string, RegExp>();
  visit(program, new Map(), (expression) => found.set(expression.source, expression));
  return Array.from(found.values()).filter(({ source: text }) => text.length > 14 && !NOT_SECRET.test(text));
}

type Expressions = Map<string, RegExp>;

/** A function sees the expressions declared in it and around it. */
function visit(node: AnyNode, known: Expressions, report: (expression: RegExp) => void): void {
  const here = node.type.includes("Function") ? new Map(known) : known;
  if (node.type === "VariableDeclarator" && node.id.type === "Identifier" && node.init?.type === "Literal") {
    const { value } = node.init;
    if (value instanceof RegExp) here.set(node.id.name, value);
  }
  if (node.type === "CallExpression") reportSearch(node, here, report);
  for (const child of childrenOf(node)) visit(child, here, report);
}

function reportSearch(
  node: AnyNode & { type: "CallExpression" },
  known: Expressions,
  report: (one: RegExp) => void,
): void {
  const { callee } = node;
  if (
    callee.type !== "MemberExpression" ||
    callee.property.type !== "Identifier" ||
    callee.property.name !== "matchAll"
  )
    return;
  const [argument] = node.arguments;
  if (argument?.type === "Literal" && argument.value instanceof RegExp) report(argument.value);
  const named = argument?.type === "Identifier" ? known.get(argument.name) : undefined;
  if (named !== undefined) report(named);
}

function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.values(node)
    .flat()
    .filter(
      (value): value is AnyNode =>
        typeof value === "object" && value !== null && "type" in value && !(value instanceof RegExp),
    );
}
