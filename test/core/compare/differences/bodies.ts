/** Short forms of differences for the tables of this folder. */
import type { Difference } from "../../../../core/compare/difference.ts";
import { bodyDifferences } from "../../../../core/compare/differences/body.ts";
import type { Answer } from "../../../../core/pair/pair.ts";
import { answer } from "../../pair/builder.ts";

/** `missing $.a`, and `duplicated $[1] item` where there are traits. */
export function short({ kind, path, traits = [] }: Difference): string {
  return [kind, path, ...traits].join(" ");
}

/** The differences of two bodies in short; values that are no text are written as JSON. */
export function bodies(reference: unknown, shadow: unknown, more: Partial<Answer> = {}): readonly string[] {
  return bodyDifferences(answer(reference, more), answer(shadow, more)).map(short);
}
