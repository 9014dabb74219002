/** Short ways to read two texts of a format and to compare them. */
import { jsonTextDifferences } from "../../../../core/compare/differences/json-texts.ts";
import type { JsonTexts, Sides } from "../../../../core/compare/formats/sides.ts";
import { short } from "../differences/bodies.ts";

export function sides(reference: string, shadow: string, cut = false): Sides {
  return { reference: { text: reference, cut }, shadow: { text: shadow, cut } };
}

/** Differences in short; `unparsable`, or null where the reference is not of the format. */
export function compared(texts: JsonTexts | null): readonly string[] | "unparsable" | null {
  const found = texts && jsonTextDifferences(texts);
  return found === null || found === "unparsable" ? found : found.map(short).toSorted();
}
