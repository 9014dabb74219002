/** A value of the reference became the text of a programming mistake: `undefined`, `NaN`, `[object Object]`. */
import { bothStrings } from "../excerpt-value.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

const MISTAKE =
  /\[object [A-Z]\w*\]|^(?:undefined|null|NaN|None|nil|-?Infinity|Invalid Date|Invalid date)$|<built-in |\$\{[\w.]+\}|\{\{ ?[\w.]+ ?\}\}/;

export const valueBroken: DifferenceRule = {
  id: "value-broken",
  title: "Value is a programming mistake",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: (difference) => {
    const texts = difference.part === "body" && difference.kind === "value" ? bothStrings(difference) : null;
    return texts !== null && MISTAKE.test(texts[1]) && !MISTAKE.test(texts[0]);
  },
  explain: ({ path, reference, shadow }) => `${path} was ${shown(reference)} and is ${shown(shadow)}.`,
};
