/** One item of `volumes` as it is written: short `source:target:options`, or long. No opinion on whether it may be mounted. */
import { childOf, type Node, textAt } from "./node.ts";
import { composeBoolean } from "./quantities.ts";

export interface WrittenMount {
  /** `pipe`: named pipes of Windows and volumes of a swarm. */
  readonly kind: "volume" | "bind" | "tmpfs" | "pipe" | "image";
  /** "": an anonymous volume. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** The long form, for what only that has. */
  readonly node: Node | undefined;
}

const LONG = {
  bind: "bind",
  volume: "volume",
  tmpfs: "tmpfs",
  npipe: "pipe",
  cluster: "pipe",
  image: "image",
} as const;

/** Null where it is neither form. */
export function writtenMount(item: Node): WrittenMount | null {
  if (item.kind === "scalar") return shortForm(item.text);
  const type = textAt(childOf(item, "type")) ?? "volume";
  const kind = Object.entries(LONG).find(([name]) => name === type)?.[1];
  const target = textAt(childOf(item, "target"));
  if (kind === undefined || target === undefined) return null;
  const readOnly = composeBoolean(textAt(childOf(item, "read_only")) ?? "false") === true;
  return { kind, source: textAt(childOf(item, "source")) ?? "", target, readOnly, node: item };
}

function shortForm(text: string): WrittenMount | null {
  const [source = "", target, options = "", ...more] = colonParts(text);
  if (source === "" || target === "" || more.length > 0) return null;
  if (target === undefined) return { kind: "volume", source: "", target: source, readOnly: false, node: undefined };
  const kind = isPath(source) ? "bind" : "volume";
  return { kind, source, target, readOnly: options.split(",").includes("ro"), node: undefined };
}

/** Between colons; that of a drive of Windows (`C:\\data`) parts nothing. */
function colonParts(text: string): readonly string[] {
  const parts: string[] = [];
  for (const part of text.split(":")) {
    const before = parts.at(-1);
    if (before !== undefined && /^[A-Za-z]$/.test(before)) parts.splice(-1, 1, `${before}:${part}`);
    else parts.push(part);
  }
  return parts;
}

function isPath(source: string): boolean {
  return /^[./~\\]|^[A-Za-z]:/.test(source);
}
