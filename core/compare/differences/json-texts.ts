/** Differences of two JSON texts, whichever format they were written from. */
import type { Difference } from "../difference.ts";
import type { JsonTexts } from "../formats/sides.ts";
import { readJson } from "../json/read.ts";
import { type JsonSettings, jsonDifferences } from "./json.ts";

/** Null where the reference is no JSON, `unparsable` where only the shadow is none. */
export function jsonTextDifferences(
  { reference, shadow }: JsonTexts,
  { listKeys = {} }: Pick<JsonSettings, "listKeys"> = {},
): readonly Difference[] | "unparsable" | null {
  if (shadow === null) return readJson(reference.text, { cut: reference.cut }).ok ? "unparsable" : null;
  const settings = { listKeys, referenceCut: reference.cut, shadowCut: shadow.cut };
  const compared = jsonDifferences(reference.text, shadow.text, settings);
  if (compared.ok) return compared.differences;
  return compared.broken === "reference" ? null : "unparsable";
}
