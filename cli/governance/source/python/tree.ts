/**
 * The syntax tree of Python as nodes with parents and children. Made and walked without recursion, so that no depth of nesting can end the
 * stack. The parser never gives up: what it cannot read is an error node, and the rest is read.
 */
import type { Tree } from "@lezer/common";
import { parser } from "@lezer/python";

export interface PyNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly isError: boolean;
  readonly parent: PyNode | null;
  /** Its place among the children of its parent. */
  readonly index: number;
  readonly children: readonly PyNode[];
}

interface Growing extends PyNode {
  readonly children: PyNode[];
}

/** Repair of text that is broken throughout takes 25 us for a character; sound Python of 1 MB takes a second. Beyond this it is not read on. */
const MAX_PARSE_MS = 4_000;

const STEPS_BETWEEN_LOOKS = 1_024;

export interface PyTree {
  /** In order of the text, parents before what is in them. */
  readonly nodes: readonly PyNode[];
  /** Where reading stopped, for a text that is too broken; null where all was read. */
  readonly stoppedAt: number | null;
}

export function pythonTree(text: string): PyTree {
  const { tree, stoppedAt } = parsed(text);
  const nodes: Growing[] = [];
  const open: Growing[] = [];
  tree.iterate({
    enter: ({ name, from, to, type }) => {
      const parent = open.at(-1) ?? null;
      const node: Growing = {
        name,
        from,
        to,
        isError: type.isError,
        parent,
        index: parent?.children.length ?? 0,
        children: [],
      };
      parent?.children.push(node);
      nodes.push(node);
      open.push(node);
    },
    leave: () => {
      open.pop();
    },
  });
  return { nodes, stoppedAt };
}

function parsed(text: string): { readonly tree: Tree; readonly stoppedAt: number | null } {
  const parse = parser.startParse(text);
  const until = performance.now() + MAX_PARSE_MS;
  for (let steps = 1; steps % STEPS_BETWEEN_LOOKS !== 0 || performance.now() < until; steps += 1) {
    const tree = parse.advance();
    if (tree !== null) return { tree, stoppedAt: null };
  }
  const stoppedAt = parse.parsedPos;
  parse.stopAt(stoppedAt);
  for (;;) {
    const tree = parse.advance();
    if (tree !== null) return { tree, stoppedAt };
  }
}

const QUOTED = /^([A-Za-z]{0,3})('''|"""|'|")([\s\S]*)\2$/;

/** Value of a literal: strings, also joined ones, numbers, True and False. Null for all else, f-strings with gaps among them. */
export function literalText(node: PyNode | null | undefined, text: string): string | null {
  switch (node?.name) {
    case "String":
      return stringValue(text.slice(node.from, node.to));
    case "FormatString":
      return node.children.length === 0 ? stringValue(text.slice(node.from, node.to)) : null;
    case "ContinuedString": {
      const parts = node.children.map((part) => literalText(part, text));
      return parts.includes(null) ? null : parts.join("");
    }
    case "Number":
    case "Boolean":
      return text.slice(node.from, node.to);
    case "ParenthesizedExpression":
      return literalText(node.children[1]?.name === "ParenthesizedExpression" ? null : node.children[1], text);
    default:
      return null;
  }
}

function stringValue(written: string): string | null {
  const match = QUOTED.exec(written);
  if (match === null) return null;
  const [, prefix = "", , body = ""] = match;
  if (/r/i.test(prefix) || !body.includes("\\")) return body;
  return body.replaceAll(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(\r?\n)|([\s\S]))/g, unescaped);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0" };

function unescaped(...[, x, u, newline, other]: readonly (string | undefined)[]): string {
  const code = x ?? u;
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  if (newline !== undefined) return "";
  return ESCAPES[other ?? ""] ?? other ?? "";
}
