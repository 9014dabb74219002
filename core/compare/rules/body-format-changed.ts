/** The body is of another format: text became binary, or a picture another kind of file. */
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

export const bodyFormatChanged: DifferenceRule = {
  id: "body-format-changed",
  title: "Body of another format",
  why: "Clients open what they were promised, and cannot.",
  example: "a PNG became a PDF",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ kind, path }) => kind === "type" && path === "body",
  explain: ({ reference, shadow }) => `The body was ${shown(reference)} and is ${shown(shadow)}.`,
};
