/** A value of the reference is null in the shadow's answer. Applies to volatile fields too. */
import { excerptType } from "../excerpt-value.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

export const valueNull: DifferenceRule = {
  id: "value-null",
  title: "Value turned null",
  why: "Clients that read the value fail.",
  example: "`$.owner` was an object and is null",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ kind, pattern, shadow }, scene) =>
    kind === "type" && excerptType(shadow) === "null" && !scene.varies(pattern, ["type"]),
  explain: ({ path, reference }) => `${path} was ${shown(reference)} and is null.`,
};
