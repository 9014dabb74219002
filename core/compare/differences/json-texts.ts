/** Differences of two JSON texts, whichever format they were written from. */
import type { Difference } from "../difference.ts";
import type { JsonTexts } from "../formats/sides.ts";
import { parseJson } from "../json/parse.ts";
import { type JsonSettings, jsonDifferences } from "./json.ts";

/** Null where the reference is no JSON, `unparsable` where only the shadow is none. */
export function jsonTextDifferences(
  { reference, shadow }: JsonTexts,
  settings: JsonSettings = {},
): readonly Difference[] | "unparsable" | null {
  const left = parseJson(reference.text, reference.cut);
  if (!left.ok) return null;
  const right = shadow && parseJson(shadow.text, shadow.cut);
  return right?.ok ? jsonDifferences(left.value, right.value, settings) : "unparsable";
}
