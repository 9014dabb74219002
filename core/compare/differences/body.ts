/**
 * Differences of two bodies: by size and format where one is empty, cut or binary, otherwise as the format of the reference
 * says. An answer that was cut at the capture limit is compared by its beginning and its length; its end is nobody's difference.
 */
import type { Answer } from "../../pair/pair.ts";
import { headerText, mediaTypeOf, sizeOf } from "../answer.ts";
import type { Difference } from "../difference.ts";
import { excerptsOf } from "../excerpt.ts";
import type { Sides } from "../formats/sides.ts";
import { type Comparison, DEFAULT_COMPARISON } from "../settings.ts";
import { binaryDifferences } from "./binary.ts";
import { FORMATS } from "./formats.ts";
import { plainTextDifferences } from "./text.ts";

const BODY = { part: "body", path: "body", pattern: "body" } as const;

export function bodyDifferences(
  reference: Answer,
  shadow: Answer,
  comparison: Comparison = DEFAULT_COMPARISON,
): readonly Difference[] {
  if (reference.bodyEncoding !== undefined || shadow.bodyEncoding !== undefined)
    return encodedDifferences(reference, shadow);
  if (reference.body === "" || shadow.body === "") return emptyDifferences(reference, shadow);
  const cut = reference.truncated === true || shadow.truncated === true;
  if (!cut) return reference.body === shadow.body ? [] : textualDifferences(reference, shadow, comparison);
  return [...textualDifferences(reference, shadow, comparison), ...lengthDifference(reference, shadow)];
}

/** By the first format that reads the reference; as lines where none does. */
function textualDifferences(reference: Answer, shadow: Answer, comparison: Comparison): readonly Difference[] {
  const contentType = headerText(reference, "content-type");
  const media = mediaTypeOf(contentType);
  const sides: Sides = {
    reference: { text: reference.body, cut: reference.truncated === true },
    shadow: { text: shadow.body, cut: shadow.truncated === true },
  };
  for (const { applies, compare } of FORMATS) {
    if (!applies(media.type, reference.body)) continue;
    const found = compare(sides, { comparison, contentType: contentType ?? "" });
    if (found === "unparsable") return [unparsable(reference.body, shadow.body)];
    if (found !== null) return found;
  }
  if (FOLDED.test(media.type)) return plainTextDifferences(unfolded(sides), false);
  return plainTextDifferences(sides, /(?:html|xml)$/.test(media.type));
}

/** A line of a calendar or a card goes on where the next begins with a blank. RFC 5545, 3.1; RFC 6350, 3.2. */
const FOLDED = /^text\/(?:calendar|(?:x-)?vcard)$/;

function unfolded({ reference, shadow }: Sides): Sides {
  const whole = ({ text, cut }: Sides["reference"]) => ({ text: text.replaceAll(/\r?\n[ \t]/g, ""), cut });
  return { reference: whole(reference), shadow: whole(shadow) };
}

function unparsable(reference: string, shadow: string): Difference {
  const [left, right] = excerptsOf(reference, shadow);
  return { ...BODY, kind: "unparsable", reference: left, shadow: right };
}

/** One side is no valid text. When only one is, the format changed, unless a cut in the middle of a character made it so. */
function encodedDifferences(reference: Answer, shadow: Answer): readonly Difference[] {
  const cut = reference.truncated === true || shadow.truncated === true;
  if (cut) return lengthDifference(reference, shadow);
  if (reference.bodyEncoding === shadow.bodyEncoding) return binaryDifferences(reference.body, shadow.body);
  if (reference.body === "" || shadow.body === "") return emptyDifferences(reference, shadow);
  return [
    {
      ...BODY,
      kind: "type",
      reference: JSON.stringify(formatName(reference)),
      shadow: JSON.stringify(formatName(shadow)),
    },
  ];
}

function formatName(answer: Answer): string {
  return answer.bodyEncoding === undefined ? "text" : "binary";
}

function emptyDifferences(reference: Answer, shadow: Answer): readonly Difference[] {
  if (reference.body === shadow.body) return [];
  const [left, right] = excerptsOf(reference.body, shadow.body);
  return reference.body === ""
    ? [{ ...BODY, kind: "extra", shadow: right }]
    : [{ ...BODY, kind: "missing", reference: left }];
}

function lengthDifference(reference: Answer, shadow: Answer): readonly Difference[] {
  const [left, right] = [sizeOf(reference), sizeOf(shadow)];
  const known = reference.bodyBytes !== undefined && shadow.bodyBytes !== undefined;
  if (!known || left === right) return [];
  return [{ ...BODY, kind: "length", reference: `${left}`, shadow: `${right}` }];
}
