/** Chains of names in TypeScript and JavaScript: `a.b["c"]`, `this.model`, and what hangs on `require()` or `import()` of a literal. */
import type { Chain, Meaning, Names } from "../names.ts";
import { meaningOf, type Named, nameOf } from "../names.ts";
import { child, children, literalOf, type Node, textOf, unwrapped } from "./tree.ts";

export interface Rooted {
  readonly chain: Chain;
  /** The module, where the chain hangs on `require("…")` or `import("…")` itself. */
  readonly module: string | null;
}

/** Null where the node is no chain of names; a chain on an expression begins with the empty name. */
export function chainOf(node: Node | null): Rooted | null {
  const parts: string[] = [];
  let at = unwrapped(node);
  while (at?.type === "MemberExpression") {
    const name = memberName(at);
    if (name === null) return parts.length === 0 ? null : { chain: ["", ...parts.toReversed()], module: null };
    parts.push(name);
    at = unwrapped(child(at, "object"));
  }
  const path = parts.toReversed();
  if (at === null) return null;
  if (at.type === "Identifier") return { chain: [textOf(at, "name") ?? "", ...path], module: null };
  if (at.type === "ThisExpression") return { chain: ["this", ...path], module: null };
  const module = requiredModule(at);
  if (module !== null) return { chain: ["", ...withoutDefault(path)], module };
  return path.length === 0 ? null : { chain: ["", ...path], module: null };
}

function memberName(node: Node): string | null {
  const property = child(node, "property");
  if (node["computed"] === true) return literalOf(property);
  return textOf(property, "name");
}

function withoutDefault(path: Chain): Chain {
  return path[0] === "default" ? path.slice(1) : path;
}

/** The literal of `require("…")` and `import("…")`. */
export function requiredModule(node: Node): string | null {
  if (node.type === "ImportExpression") return literalOf(child(node, "source"));
  if (node.type !== "CallExpression") return null;
  const callee = child(node, "callee");
  const isRequire = callee?.type === "Identifier" && textOf(callee, "name") === "require";
  return isRequire || isRequireMember(callee) ? literalOf(children(node, "arguments")[0] ?? null) : null;
}

/** `module.require("…")` and `require.resolve` are less usual; only the first loads. */
function isRequireMember(callee: Node | null): boolean {
  return (
    callee?.type === "MemberExpression" &&
    textOf(child(callee, "object"), "name") === "module" &&
    textOf(child(callee, "property"), "name") === "require"
  );
}

export function namedChain(rooted: Rooted, names: Names): Named {
  if (rooted.module === null) return nameOf(rooted.chain, names);
  const [, ...path] = rooted.chain;
  return nameOf(["", ...path], new Map([["", { from: rooted.module, path: [] }]]));
}

export function chainMeaning(rooted: Rooted, names: Names): Meaning | null {
  if (rooted.module === null) return meaningOf(rooted.chain, names);
  return { from: rooted.module, path: rooted.chain.slice(1) };
}
