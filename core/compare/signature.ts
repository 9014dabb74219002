/**
 * The signature of a finding: groups drift and carries decisions across commits. Made of where and what, never of values,
 * and stable for good: a change of this function forgets every decision a person or a model ever made.
 */
import type { DifferenceKind } from "./difference.ts";
import { hashText } from "./hash.ts";

export interface SignatureParts {
  /** `GET /orders/{id}`. */
  readonly route: string;
  readonly rule: string;
  readonly pattern: string;
  /** Null for findings on a whole pair. */
  readonly kind: DifferenceKind | null;
}

/** `{userId}` and `{id}` alike: an OpenAPI file that comes later, or renames a parameter, forgets no decision. */
const NAMED_SEGMENT = /\{[^{}/]*\}/g;

/** 16 hex digits. */
export function signatureOf(parts: SignatureParts): string {
  const text = [parts.route.replaceAll(NAMED_SEGMENT, "{id}"), parts.rule, parts.pattern, parts.kind ?? "pair"].join(
    "\n",
  );
  return hex(hashText(text, 1)) + hex(hashText(text, 2));
}

function hex(hash: number): string {
  return (hash % 4294967296).toString(16).padStart(8, "0");
}
