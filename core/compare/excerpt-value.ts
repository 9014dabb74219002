/** Reading a difference's excerpts back: type, text, number. Excerpts are JSON notation; shortened containers are not parsed. */
import type { Difference } from "./difference.ts";

export type ExcerptType = "null" | "boolean" | "string" | "number" | "list" | "object" | "none";

export function excerptType(excerpt: string | undefined): ExcerptType {
  if (excerpt === undefined) return "none";
  const first = excerpt[0] ?? "";
  if (first === '"') return "string";
  if (first === "{") return "object";
  if (first === "[") return "list";
  if (first === "n") return "null";
  return first === "t" || first === "f" ? "boolean" : "number";
}

/** The text of a string excerpt; of other scalars their notation; null for containers and where there is nothing. */
export function excerptText(excerpt: string | undefined): string | null {
  const type = excerptType(excerpt);
  if (excerpt === undefined || type === "none" || type === "list" || type === "object") return null;
  if (type !== "string") return excerpt;
  // Most texts hold nothing that JSON escapes, and this is asked many times of thousands of differences.
  if (!excerpt.includes("\\") && excerpt.length > 1 && excerpt.endsWith('"')) return excerpt.slice(1, -1);
  try {
    return String(JSON.parse(excerpt));
  } catch {
    // A long string inside a container's excerpt was cut.
    return excerpt.slice(1);
  }
}

/** Both sides' texts where both are strings. */
export function bothStrings(difference: Difference): readonly [string, string] | null {
  const { reference, shadow } = difference;
  if (excerptType(reference) !== "string" || excerptType(shadow) !== "string") return null;
  return [excerptText(reference) ?? "", excerptText(shadow) ?? ""];
}

/** Both sides' notations where both are numbers. */
export function bothNumbers(difference: Difference): readonly [string, string] | null {
  const { reference, shadow } = difference;
  if (reference === undefined || shadow === undefined) return null;
  if (excerptType(reference) !== "number" || excerptType(shadow) !== "number") return null;
  return [reference, shadow];
}

/** `""`, `[]`, `{}` or white space alone. */
export function isEmptyExcerpt(excerpt: string | undefined): boolean {
  return excerpt !== undefined && /^(?:"(?:\s|\\[nrt])*"|\[\]|\{\})$/.test(excerpt);
}
