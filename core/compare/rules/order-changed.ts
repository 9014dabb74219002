/** The same elements in another order. Noise where the reference's order follows nothing. */
import { excerptText } from "../excerpt-value.ts";
import { type DifferenceRule, WORTH_A_LOOK } from "./rule.ts";

export const orderChanged: DifferenceRule = {
  id: "order-changed",
  title: "Order changed",
  why: "What stands first is what users see and take.",
  example: "`$.results` is no longer sorted by price",
  ...WORTH_A_LOOK,
  ceiling: "Critical",
  fires: ({ kind, traits = [] }) => kind === "order" || (kind === "moved" && traits.includes("item")),
  explain: ({ kind, path, shadow, traits }) =>
    kind === "moved"
      ? `${path} stands elsewhere in the shadow's answer: at ${excerptText(shadow)}.`
      : traits?.includes("sorted")
        ? `${path} is sorted in the reference and not in the shadow's answer.`
        : `${path} has the same elements in another order.`,
};
