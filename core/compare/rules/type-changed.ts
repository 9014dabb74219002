/** A value has another JSON type. */
import { excerptType } from "../excerpt-value.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

export const typeChanged: DifferenceRule = {
  id: "type-changed",
  title: "Type changed",
  why: "Typed clients fail to read it.",
  example: '`$.id` was 7 and is "7"',
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ kind, part, path }) => part === "body" && kind === "type" && path !== "body",
  explain: ({ path, reference, shadow }) =>
    `${path} was a ${excerptType(reference)} (${shown(reference)}) and is a ${excerptType(shadow)} (${shown(shadow)}).`,
};
