/** A value of the reference became the text of a programming mistake: `undefined`, `NaN`, `[object Object]`, a clock at 1970. */
import { bothNumbers, bothStrings } from "../excerpt-value.ts";
import { isTimeName, leafName } from "../names.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

const MISTAKE =
  /\[object [A-Z]\w*\]|^(?:undefined|null|NaN|None|nil|-?Infinity|Invalid Date|Invalid date)$|<built-in |\$\{[\w.]{1,80}\}|\{\{ ?[\w.]{1,80} ?\}\}|<%= ?[\w.]{1,80}/;

/** Inside a text: `Hello undefined`, `/users/null`, `?id=NaN`. */
const INSIDE =
  /(?:^|[\s/=:])(?:undefined|NaN)[.!]?$|[/=](?:undefined|NaN|null|None)(?:$|[/&?])|^(?:undefined|NaN)[\s,]|\p{Sc} ?NaN|NaN ?\p{Sc}|(?:^|\s)%[sd](?:\s|$)/u;

/** Clocks that were never set: Unix, .NET and SQL count from here. */
const UNSET = /^(?:1970-01-01|0001-01-01|0000-00-00|1899-12-30|1899-12-31|1900-01-01|Thu, 01 Jan 1970)/;
const DATE = /^(?:\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2}, \d{2} )/;

/** Epoch seconds of September 2001, the least with ten digits. */
const PLAUSIBLE_EPOCH = 1_000_000_000;
/** The year 1 in seconds and milliseconds. */
const UNSET_EPOCHS: ReadonlySet<number> = new Set([0, -1, -62_135_596_800, -62_135_596_800_000]);

export const valueBroken: DifferenceRule = {
  id: "value-broken",
  title: "Value is a programming mistake",
  why: "A mistake in the code shows as data.",
  example: "`Hello undefined`, `[object Object]`, a date of 1970",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: (difference) => {
    if (difference.part !== "body" || difference.kind !== "value") return false;
    const texts = bothStrings(difference);
    if (texts !== null)
      return isMistake(texts[1]) && !isMistake(texts[0]) && (!UNSET.test(texts[1]) || DATE.test(texts[0]));
    const numbers = isTimeName(leafName(difference.pattern)) ? bothNumbers(difference) : null;
    return numbers !== null && Number(numbers[0]) >= PLAUSIBLE_EPOCH && UNSET_EPOCHS.has(Number(numbers[1]));
  },
  explain: ({ path, reference, shadow }) => `${path} was ${shown(reference)} and is ${shown(shadow)}.`,
};

function isMistake(text: string): boolean {
  return MISTAKE.test(text) || INSIDE.test(text) || UNSET.test(text);
}
