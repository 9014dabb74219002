/**
 * Drifts with one cause: the same rule at the same leaf with the same values, on however many routes. A header that a
 * middleware lost is one cause and as many drifts as there are routes. Signatures stay apart: decisions are per route.
 */
import type { DifferenceKind } from "../compare/difference.ts";
import { signatureOf } from "../compare/signature.ts";

export interface CauseParts {
  readonly rule: string;
  readonly pattern: string;
  readonly kind: DifferenceKind | null;
  /** One difference as an example; null for findings on whole pairs. */
  readonly sample: { readonly reference?: string | undefined; readonly shadow?: string | undefined } | null;
}

/** Equal for drifts of one cause; 16 hex digits. */
export function causeOf({ rule, pattern, kind, sample }: CauseParts): string {
  const values = [sample?.reference, sample?.shadow].map((excerpt) => valueClass(excerpt, kind));
  return signatureOf({ route: values.join("\n"), rule, pattern: leafOf(pattern), kind });
}

/** `price` of `$.items[*].price`; headers and whole bodies are leaves already. */
function leafOf(pattern: string): string {
  return /^\$.*[.\]]([^.[\]]+)(?:\[\*\])*$/.exec(pattern)?.[1] ?? pattern;
}

/** Where a value changed, the values make the cause; where something is gone, new or of another type, the types do. */
function valueClass(excerpt: string | undefined, kind: DifferenceKind | null): string {
  if (excerpt === undefined) return "";
  if (kind === "value" || kind === null) return excerpt;
  const [first = ""] = excerpt;
  return { '"': "string", "{": "object", "[": "list", t: "boolean", f: "boolean", n: "null" }[first] ?? "number";
}
