/** Chains of names in Python: `a.b["c"]`, and what hangs on `importlib.import_module("…")`. */
import type { Chain, Names } from "../names.ts";
import { nameOf } from "../names.ts";
import { literalText, type PyNode } from "./tree.ts";

/** Calls that import the module that their first argument names. */
const IMPORTERS = new Set([
  "importlib.import_module",
  "importlib.__import__",
  "__import__",
  "builtins.__import__",
  "pytest.importorskip",
  "lazy_loader.load",
]);

export interface PyRooted {
  readonly chain: Chain;
  /** The module, where the chain hangs on a call that imports. */
  readonly module: string | null;
}

const WRAPPERS = new Set(["ParenthesizedExpression", "AwaitExpression"]);

export function pyUnwrapped(node: PyNode | null | undefined): PyNode | null {
  let inner = node ?? null;
  while (inner !== null && WRAPPERS.has(inner.name)) inner = inner.children[1] ?? null;
  return inner;
}

/** Null where the node is no chain of names; a chain on an expression begins with the empty name. */
export function pyChain(node: PyNode | null | undefined, text: string, names: Names): PyRooted | null {
  const parts: string[] = [];
  let at = pyUnwrapped(node);
  while (at?.name === "MemberExpression") {
    const name = memberName(at, text);
    if (name === null) return parts.length === 0 ? null : { chain: ["", ...parts.toReversed()], module: null };
    parts.push(name);
    at = pyUnwrapped(at.children[0]);
  }
  const path = parts.toReversed();
  if (at === null) return null;
  if (at.name === "VariableName") return { chain: [text.slice(at.from, at.to), ...path], module: null };
  const module = at.name === "CallExpression" ? importedModule(at, text, names) : null;
  if (module !== null) return { chain: ["", ...path], module };
  return path.length === 0 ? null : { chain: ["", ...path], module: null };
}

function memberName(node: PyNode, text: string): string | null {
  const [, sign, name] = node.children;
  if (sign?.name === "[") return literalText(name, text);
  return name === undefined ? null : text.slice(name.from, name.to);
}

/** The literal that a call imports; with `package="…"` before it where it is relative. */
export function importedModule(call: PyNode, text: string, names: Names): string | null {
  const [callee, list] = call.children;
  // Calls of calls import nothing, and to look into them would cost the square of their number.
  if (callee?.name === "CallExpression") return null;
  if (callee?.name !== "VariableName" && callee?.children[0]?.name !== "VariableName") return null;
  const rooted = pyChain(callee, text, names);
  if (rooted === null || !IMPORTERS.has(nameOf(rooted.chain, names).callee)) return null;
  return moduleArgument(list?.children ?? [], text);
}

function moduleArgument(args: readonly PyNode[], text: string): string | null {
  const module = literalText(args[1], text);
  if (module?.startsWith(".") !== true) return module;
  const last = literalText(args.at(-2), text);
  return last === null || last === module ? module : `${last}${module}`;
}

export function pyNamed(rooted: PyRooted, names: Names): { readonly callee: string; readonly imported: boolean } {
  if (rooted.module === null) return nameOf(rooted.chain, names);
  return nameOf(rooted.chain, new Map([["", { from: rooted.module, path: [] }]]));
}
