/**
 * The text around a difference in a body: what the model sees beside the two values.
 * Kept apart from the question because it walks bodies; it never throws on what a service sent.
 */
import type { Answer } from "../pair/pair.ts";

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/g;

/**
 * Up to `limit` characters of a body around `path`: the smallest enclosing JSON value, or the lines beside a line path.
 * Null when there is nothing to show, as for binary bodies.
 */
export function surroundings(answer: Answer, path: string, limit: number): string | null {
  if (answer.bodyEncoding !== undefined || answer.body === "") return null;
  if (!path.startsWith("$")) return around(answer.body, offsetOfLine(answer.body, path), limit);
  const document = parsed(answer.body);
  if (document === undefined) return answer.body.slice(0, limit);
  const { parent, key } = walk(document, path);
  const text = JSON.stringify(parent) ?? "";
  const position = key === null ? 0 : Math.max(0, text.indexOf(JSON.stringify(key)));
  return around(text, position, limit);
}

/** `limit` characters with `position` near their middle. */
export function around(text: string, position: number, limit: number): string {
  const start = Math.max(0, Math.min(position - Math.floor(limit / 2), text.length - limit));
  return text.slice(start, start + limit);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The last container on the way that exists on this side, and the key that was looked for in it. */
function walk(document: unknown, path: string): { parent: unknown; key: string | null } {
  let parent = document;
  let key: string | null = null;
  let current: unknown = document;
  for (const step of path.matchAll(STEP)) {
    if (typeof current !== "object" || current === null) break;
    parent = current;
    key = step[1] ?? (step[3] === undefined ? null : unquoted(step[3]));
    current = new Map<string, unknown>(Object.entries(current)).get(key ?? step[2] ?? "");
  }
  return { parent, key };
}

/** A key as the document has it: paths quote odd ones as JSON does. */
function unquoted(text: string): string {
  const key = parsed(`"${text}"`);
  return typeof key === "string" ? key : text;
}

/** Where the line that a path such as `body:line 12` names begins. */
function offsetOfLine(text: string, path: string): number {
  const line = Number(/line (\d+)/.exec(path)?.[1] ?? 1);
  let offset = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf("\n", offset);
    if (next < 0) return offset;
    offset = next + 1;
  }
  return offset;
}
