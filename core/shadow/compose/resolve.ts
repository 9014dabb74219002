/** Fills in the variables of a whole tree, value by value. Keys are never filled in, as with docker compose. */
import { interpolate, type Lookup } from "./interpolate.ts";
import type { Node, ScalarNode } from "./node.ts";
import { adjust, type Reading, refuse } from "./reading.ts";

/** Characters that variables may add to one file. */
const MAX_ADDED_CHARS = 1024 * 1024;

/** The same tree with every text filled in. What is unset is empty, and said; what is required and unset is refused. */
export function resolveTree(node: Node, lookup: Lookup, reading: Reading): Node {
  return resolved(node, { lookup, reading, added: { chars: 0 } }, "");
}

interface Context {
  readonly lookup: Lookup;
  readonly reading: Reading;
  /** Counted over the whole tree. */
  readonly added: { chars: number };
}

function resolved(node: Node, context: Context, key: string): Node {
  if (node.kind === "scalar") return resolvedScalar(node, context, key);
  if (node.kind === "list")
    return { ...node, items: node.items.map((item, n) => resolved(item, context, `${key}[${n}]`)) };
  const entries = [...node.entries].map(([name, entry]) => {
    const path = key === "" ? name : `${key}.${name}`;
    // Extensions of the top level are dropped; where an anchor of theirs is used, its texts are filled in there.
    const inner = path.startsWith("x-") ? entry.node : resolved(entry.node, context, path);
    return [name, { ...entry, node: inner }] as const;
  });
  return { ...node, entries: new Map(entries) };
}

function resolvedScalar(node: ScalarNode, { lookup, reading, added }: Context, key: string): ScalarNode {
  if (typeof node.value !== "string" || !node.value.includes("$")) return node;
  const spot = { place: node.place, key };
  const filled = interpolate(node.value, lookup);
  if (!filled.ok) {
    refuse(reading, spot, FAULTS[filled.fault](filled.detail));
    return { ...node, value: "", text: "" };
  }
  for (const name of new Set(filled.unset))
    adjust(reading, spot, {
      code: "unset-variable",
      message: `The variable ${name} is not set and counts as empty. Give it a value in .env, or a default: \${${name}:-value}.`,
    });
  added.chars += Math.max(0, filled.text.length - node.value.length);
  if (added.chars > MAX_ADDED_CHARS) {
    refuse(reading, spot, FAULTS["too-long"](`they add more than ${MAX_ADDED_CHARS} characters to the file`));
    return { ...node, value: "", text: "" };
  }
  return { ...node, value: filled.text, text: filled.text };
}

const FAULTS = {
  invalid: (detail: string) => ({
    code: "variable-form",
    message: `A variable cannot be read: ${detail}. Write \${NAME}, \${NAME:-default}, or $$ for a dollar sign.`,
  }),
  required: (detail: string) => ({
    code: "variable-required",
    message: `A required variable is not set: ${detail}. Give it a value in .env beside the compose file, or a default.`,
  }),
  "too-long": (detail: string) => ({
    code: "too-long",
    message: `Values grow too long once their variables are filled in: ${detail}.`,
  }),
} as const;
