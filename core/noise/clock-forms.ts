/**
 * The written forms of a moment, as a table: standards first, then what languages and log files print. A form without a
 * time of day is no clock. Reading only; whether a clock is noise is decided in `clock.ts`.
 */

interface ClockForm {
  readonly id: string;
  readonly form: RegExp;
  /** Unix milliseconds; NaN where the digits are no moment. */
  readonly read: (groups: readonly string[]) => number;
  /** What of the text belongs to its notation beside the form: separator, zone. */
  readonly detail?: (groups: readonly string[]) => string;
}

const DAY_MS = 86_400_000;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const TIME = String.raw`(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
const ZONE = String.raw`(Z|UTC|GMT|[+-]\d{2}:?\d{2}|)`;

const FORMS: readonly ClockForm[] = [
  {
    // ISO 8601 and RFC 3339, with or without seconds, fraction and zone; `/` as in Go's and Ruby's logs.
    id: "iso",
    form: exact(String.raw`(\d{4})([-/])(\d{2})\2(\d{2})([T_ ])${TIME}\s?${ZONE}`),
    read: ([year = "", , month = "", day = "", , ...time]) => moment([year, month, day], time),
    detail: ([, dash = "", , , separator = "", , minute = "", second = "", , zone = ""]) =>
      `${dash === "-" ? "" : dash}${separator}${zone}${second === "" && minute !== "" ? " minutes" : ""}`,
  },
  {
    // ISO 8601 basic, as signed URLs have it.
    id: "iso-basic",
    form: exact(String.raw`(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(?:[.,](\d{1,9}))?${ZONE}`),
    read: ([year = "", month = "", day = "", ...time]) => moment([year, month, day], time),
    detail: (groups) => groups[7] ?? "",
  },
  {
    // ISO 8601 week dates.
    id: "iso-week",
    form: exact(String.raw`(\d{4})-?W(\d{2})-?([1-7])T${TIME}${ZONE}`),
    read: ([year = "", week = "", day = "", ...time]) => weekMoment([year, week, day], time),
    detail: (groups) => groups[7] ?? "",
  },
  {
    // RFC 9110's three forms: IMF-fixdate (and RFC 5322), RFC 850, asctime.
    id: "rfc1123",
    form: exact(String.raw`${DAY}, (\d{1,2})[ -]${MONTH}[ -](\d{4}) ${TIME} ${ZONE}`),
    read: ([day = "", month = "", year = "", ...time]) => moment([year, month, day], time),
    detail: (groups) => (/^(?:GMT|UTC)$/.test(groups[7] ?? "") ? "" : (groups[7] ?? "")),
  },
  {
    id: "rfc850",
    form: exact(String.raw`${DAY}[a-z]*, (\d{2})-${MONTH}-(\d{2}) ${TIME} ${ZONE}`),
    read: ([day = "", month = "", year = "", ...time]) => moment([`20${year}`, month, day], time),
  },
  {
    id: "asctime",
    form: exact(String.raw`${DAY} ${MONTH} {1,2}(\d{1,2}) ${TIME}(?: (?:UTC|GMT))? (\d{4})`),
    read: ([month = "", day = "", hour = "", minute = "", second = "", fraction = "", year = ""]) =>
      moment([year, month, day], [hour, minute, second, fraction, "Z"]),
  },
  {
    // `Date.prototype.toString` of JavaScript.
    id: "js-date",
    form: exact(String.raw`${DAY} ${MONTH} (\d{2}) (\d{4}) ${TIME} (?:GMT|UTC)([+-]\d{4})(?: \([^)]*\))?`),
    read: ([month = "", day = "", year = "", ...time]) => moment([year, month, day], time),
    detail: (groups) => groups[7] ?? "",
  },
  {
    // Apache's and nginx's logs.
    id: "log",
    form: exact(String.raw`\[?(\d{2})/${MONTH}/(\d{4}):${TIME} ${ZONE}\]?`),
    read: ([day = "", month = "", year = "", ...time]) => moment([year, month, day], time),
    detail: (groups) => groups[7] ?? "",
  },
  {
    // `11/21/2026, 12:00:00 PM`; of two numbers up to twelve the first is taken for the month, on both sides alike.
    id: "locale-us",
    form: exact(String.raw`(\d{1,2})/(\d{1,2})/(\d{4}),? (\d{1,2}):(\d{2})(?::(\d{2}))? ?(AM|PM)?`),
    read: ([a = "", b = "", year = "", hour = "", minute = "", second = "", half = ""]) =>
      moment(Number(a) > 12 ? [year, b, a] : [year, a, b], [hour24(hour, half), minute, second, "", ""]),
    detail: (groups) => groups[6] ?? "",
  },
  {
    id: "locale-eu",
    form: exact(String.raw`(\d{1,2})\.(\d{1,2})\.(\d{4}),? ${TIME}`),
    read: ([day = "", month = "", year = "", ...time]) => moment([year, month, day], [...time, ""]),
  },
  {
    id: "locale-long",
    form: exact(
      String.raw`${MONTH} (\d{1,2}),? (\d{4}),?(?: at)? (\d{1,2}):(\d{2})(?::(\d{2}))? ?(AM|PM)?(?: ?(?:UTC|GMT))?`,
    ),
    read: ([month = "", day = "", year = "", hour = "", minute = "", second = "", half = ""]) =>
      moment([year, month, day], [hour24(hour, half), minute, second, "", ""]),
    detail: (groups) => groups[6] ?? "",
  },
  {
    // JSON of .NET before Core: milliseconds, the offset for show.
    id: "dotnet",
    form: exact(String.raw`\\?/Date\((-?\d{9,15})([+-]\d{4})?\)\\?/`),
    read: ([millis = ""]) => Number(millis),
    detail: (groups) => groups[1] ?? "",
  },
];

export interface ReadClock {
  /** Unix milliseconds. */
  readonly time: number;
  readonly notation: string;
}

/** The longest text that can be a moment, in characters: JavaScript's with the zone's name. */
const MAX_CLOCK_CHARS = 80;

/** The first form that fits; null when none does, or its digits are no moment. */
export function readClock(text: string): ReadClock | null {
  if (text.length > MAX_CLOCK_CHARS || !/\d:\d\d|\dT\d{6}|Date\(/.test(text)) return null;
  for (const { id, form, read, detail } of FORMS) {
    const match = form.exec(text);
    if (match === null) continue;
    const groups = match.slice(1).map((group: string | undefined) => group ?? "");
    const time = read(groups);
    return Number.isNaN(time) ? null : { time, notation: `${id}${detail?.(groups) ?? ""}` };
  }
  return null;
}

function exact(form: string): RegExp {
  return new RegExp(`^${form}$`, "i");
}

function moment([year, month, day]: readonly [string, string, string], time: readonly string[]): number {
  const [hour = "", minute = "", second = "", fraction = "", zone = ""] = time;
  const named = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  const two = (digits: string): string => digits.padStart(2, "0");
  const months = named === -1 ? month : String(named + 1);
  const date = `${year}-${two(months)}-${two(day)}`;
  const rest = `${two(hour)}:${minute}:${second === "" ? "00" : second}${fraction === "" ? "" : `.${fraction.slice(0, 3)}`}`;
  return Date.parse(`${date}T${rest}${/^[+-]/.test(zone) ? zone : "Z"}`);
}

/** Week 1 is the one with 4 January in it. ISO 8601, 4.2.2. */
function weekMoment([year, week, day]: readonly [string, string, string], time: readonly string[]): number {
  const fourth = Date.UTC(Number(year), 0, 4);
  // 1 January 1970 was a Thursday; weeks begin on Monday.
  const weekday = (Math.floor(fourth / DAY_MS) + 3) % 7;
  const days = (Number(week) - 1) * 7 + Number(day) - 1 - weekday;
  return fourth + days * DAY_MS + moment(["1970", "01", "01"], time);
}

function hour24(hour: string, half: string): string {
  if (half === "") return hour;
  return String((Number(hour) % 12) + (half.toUpperCase() === "PM" ? 12 : 0));
}
