/** A short mark of what an object should be, kept on it as an annotation: equal marks mean that nothing has to be sent. */
import { createHash } from "node:crypto";

export const CONTENT_ANNOTATION = "shadow-infra.dev/applied";

/** Hex digits kept of the hash: 80 bits, far beyond what a few hundred objects could mix up. */
const MARK_CHARS = 20;

/** Equal for equal objects, whatever the order of their keys. */
export function contentMark(object: unknown): string {
  return createHash("sha256").update(canonical(object)).digest("hex").slice(0, MARK_CHARS);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    .join(",")}}`;
}
