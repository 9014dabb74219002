/** Another media type, or none where there was one. */

import { mediaTypeOf } from "../answer.ts";
import { excerptText } from "../excerpt-value.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

export const contentTypeChanged: DifferenceRule = {
  id: "content-type-changed",
  title: "Content type changed",
  why: "Clients choose how to read a body by its type.",
  example: "`application/json` became `text/html`",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ path, kind, reference, shadow }) =>
    path === "header:content-type" &&
    kind !== "extra" &&
    mediaTypeOf(excerptText(reference) ?? "").type !== mediaTypeOf(excerptText(shadow) ?? "").type,
  explain: ({ reference, shadow }) => `The content type was ${shown(reference)} and is ${shown(shadow)}.`,
};
