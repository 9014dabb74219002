/** The two texts of a comparison and whether each was cut at the capture limit. What readers of formats take and give. */
import { type ParsedJson, parseJson } from "../json/parse.ts";
import type { Json } from "../json/value.ts";

export interface Text {
  readonly text: string;
  /** It ends in the middle. */
  readonly cut: boolean;
}

export interface Sides {
  readonly reference: Text;
  readonly shadow: Text;
}

/** Two bodies as JSON values. `null` for the shadow: it is not of the reference's format. */
export interface JsonSides {
  readonly reference: Json;
  readonly shadow: Json | null;
}

/** Reads both as JSON texts; null where the reference is none. */
export function jsonSides(reference: Text, shadow: Text | null): JsonSides | null {
  const left = parseJson(reference.text, reference.cut);
  if (!left.ok) return null;
  const right: ParsedJson | null = shadow && parseJson(shadow.text, shadow.cut);
  return { reference: left.value, shadow: right?.ok ? right.value : null };
}

/** A text without the line that the cut went through. */
export function wholeLines({ text, cut }: Text): readonly string[] {
  const lines = text.split(/\r?\n/);
  return cut ? lines.slice(0, -1) : lines;
}
