/** Imports of Python, and what the names of the file stand for because of them. */
import type { ImportFact } from "../../../../core/governance/source.ts";
import { meaningOf, type Names } from "../names.ts";
import type { PlaceAt } from "../places.ts";
import { importedModule, pyChain } from "./chain.ts";
import type { PyNode } from "./tree.ts";

export interface PyText {
  readonly nodes: readonly PyNode[];
  readonly text: string;
  readonly placeAt: PlaceAt;
}

/** One module of a statement, with the names that it gives to the file. */
interface Taken {
  readonly module: string;
  readonly names: readonly string[];
  /** Local name to what it stands for. */
  readonly locals: readonly (readonly [local: string, from: string, path: readonly string[]])[];
}

/** In order of the text, so that a name made of an earlier one is known too. */
export function pyNames({ nodes, text }: PyText): Names {
  const names: Names = new Map();
  for (const node of nodes) {
    const taken = node.name === "ImportStatement" ? takenBy(node, text) : [];
    for (const [local, from, path] of taken.flatMap(({ locals }) => locals)) names.set(local, { from, path });
    if (node.name === "AssignStatement") addAssigned(node, text, names);
  }
  return names;
}

/** `load = joblib.load`, `torch = importlib.import_module("torch")`. */
function addAssigned(node: PyNode, text: string, names: Names): void {
  const [target, sign, value] = node.children;
  if (target?.name !== "VariableName" || sign?.name !== "AssignOp" || node.children.length !== 3) return;
  const rooted = pyChain(value, text, names);
  if (rooted === null) return;
  const meaning =
    rooted.module === null ? meaningOf(rooted.chain, names) : { from: rooted.module, path: rooted.chain.slice(1) };
  if (meaning !== null) names.set(text.slice(target.from, target.to), meaning);
}

export function pyImports(source: PyText, names: Names): readonly ImportFact[] {
  const { nodes, text, placeAt } = source;
  return nodes.flatMap((node): readonly ImportFact[] => {
    if (node.name === "ImportStatement") {
      const typeOnly = isTypeChecking(node, text);
      const place = placeAt(node.from);
      return takenBy(node, text).map((taken) => ({
        module: taken.module,
        names: taken.names,
        typeOnly,
        dynamic: false,
        ...place,
      }));
    }
    const module = node.name === "CallExpression" ? importedModule(node, text, names) : null;
    return module === null
      ? []
      : [{ module, names: [], typeOnly: isTypeChecking(node, text), dynamic: true, ...placeAt(node.from) }];
  });
}

function takenBy(node: PyNode, text: string): readonly Taken[] {
  return node.children[0]?.name === "from" ? takenFrom(node, text) : takenWhole(node, text);
}

/** `import a.b as c, d`: pieces between commas. */
function takenWhole(node: PyNode, text: string): readonly Taken[] {
  return pieces(node.children.slice(1)).flatMap(({ words, alias }) => {
    const module = words.map(({ from, to }) => text.slice(from, to)).join("");
    if (module === "") return [];
    const first = module.split(".")[0] ?? module;
    const local = alias === null ? first : text.slice(alias.from, alias.to);
    return [{ module, names: [], locals: [[local, alias === null ? first : module, []]] as const }];
  });
}

/** `from ..a.b import (c as d, e)`. */
function takenFrom(node: PyNode, text: string): readonly Taken[] {
  const at = node.children.findIndex(({ name }) => name === "import");
  if (at === -1) return [];
  const module = node.children
    .slice(1, at)
    .map(({ from, to }) => text.slice(from, to))
    .join("");
  if (module === "") return [];
  const found = pieces(node.children.slice(at + 1)).flatMap(({ words, alias }) => {
    const [word] = words;
    if (word === undefined) return [];
    const name = text.slice(word.from, word.to);
    return [{ name, local: alias === null ? name : text.slice(alias.from, alias.to) }];
  });
  return [
    {
      module,
      names: found.map(({ name }) => name),
      locals: found.map(({ name, local }) => [local, module, [name]] as const),
    },
  ];
}

interface Piece {
  readonly words: readonly PyNode[];
  readonly alias: PyNode | null;
}

function pieces(nodes: readonly PyNode[]): readonly Piece[] {
  const found: { words: PyNode[]; alias: PyNode | null }[] = [{ words: [], alias: null }];
  let afterAs = false;
  for (const node of nodes) {
    const last = found.at(-1);
    if (node.name === ",") found.push({ words: [], alias: null });
    else if (node.name === "VariableName" && afterAs && last !== undefined) last.alias = node;
    else if (/^(VariableName|\.+|\*)$/.test(node.name)) last?.words.push(node);
    afterAs = node.name === "as";
  }
  return found;
}

/** Whether it is in the part of an `if TYPE_CHECKING:` that only type checkers read. */
function isTypeChecking(node: PyNode, text: string): boolean {
  let at: PyNode = node;
  // Deeper nesting than any code has is not looked through: hostile text would cost the square of its length.
  for (let depth = 0; at.parent !== null && depth < MAX_DEPTH; depth += 1) {
    const { parent } = at;
    if (parent.name === "IfStatement" && at.name === "Body") {
      const condition = parent.children[at.index - 1];
      if (condition !== undefined && /^(\w+\.)?TYPE_CHECKING$/.test(text.slice(condition.from, condition.to)))
        return true;
    }
    at = parent;
  }
  return false;
}

const MAX_DEPTH = 100;
