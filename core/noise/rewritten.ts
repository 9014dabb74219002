/**
 * One value in two ways of writing it: parameters of a link in another order or with other escapes, JSON and declarations
 * inside a text, a line of metrics or of a log with its labels in another order. What is written must be the same to the
 * last character; what only looks volatile is for others.
 */
import { jsonTextDifferences } from "../compare/differences/json-texts.ts";
import { readable } from "./decoded.ts";

type Both = readonly [reference: string, shadow: string];

/** JSON in a text is read up to so many characters. */
const MAX_INNER_CHARS = 100_000;

/** `pattern`: where both stand; a style is one only in an attribute of that name, a line only in a body without structure. */
export function rewrittenReason(texts: Both, pattern: string): string | null {
  if (isSameJson(texts) || isSameJson([readable(texts[0]) ?? "", readable(texts[1]) ?? ""]))
    return "both are the same JSON, written otherwise";
  if (texts.every(isBase64) && isEqualBy(texts, withoutSpace)) return "both are the same base64, in other lines";
  if (pattern.endsWith("@style") && isEqualBy(texts, declarations)) return "both declare the same";
  if (pattern.startsWith("body:line") && isEqualBy(texts, lineMeaning)) return "both lines say the same";
  return isEqualBy(texts, linksMeaning) ? "both links lead to the same" : null;
}

function isEqualBy([reference, shadow]: Both, meaning: (text: string) => string): boolean {
  return meaning(reference) === meaning(shadow);
}

function isSameJson([reference, shadow]: Both): boolean {
  if (![reference, shadow].every((text) => /^\s*[[{]/.test(text) && text.length <= MAX_INNER_CHARS)) return false;
  const found = jsonTextDifferences({
    reference: { text: reference, cut: false },
    shadow: { text: shadow, cut: false },
  });
  return typeof found === "object" && found !== null && found.length === 0;
}

function isBase64(text: string): boolean {
  return text.length >= 24 && /^[\w+/-]+(?:\r?\n[\w+/-]+)*={0,2}\s*$/.test(text);
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s+/g, "");
}

/** Sorted, unless one of them could override another: `margin` and `margin-left`. */
function declarations(style: string): string {
  const all = style.split(";").map((one) => one.trim().replace(/\s*:\s*/, ":"));
  const roots = all.map((one) => one.split(/[-:]/, 1)[0]);
  return new Set(roots).size === all.length ? all.toSorted().join(";") : all.join(";");
}

const METRIC = /^([A-Za-z_:][\w:]*)(?:\{([^}]*)\})?\s+([+-]?(?:\d[\w.+-]*|Inf)|NaN)(.*)$/;
const LABEL = /^\w+="(?:[^"\\]|\\.)*"$/;
const FIELD = /^[A-Za-z_][\w.-]*=(?:"(?:[^"\\]|\\.)*"|[^\s"]*)$/;
const EVENT = /^(event|data|id|retry): ?(.*)$/;

/** A line apart from how wide its blanks are, and from the order of labels or fields that it names. */
function lineMeaning(line: string): string {
  const [, event, said = ""] = EVENT.exec(line) ?? [];
  if (event !== undefined) return `${event}:${said}`;
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const plain = indent + line.trim().replaceAll(/[ \t]+/g, " ");
  const metric = METRIC.exec(line);
  if (metric !== null) return metricMeaning(metric) ?? plain;
  const fields = plain.match(/[^\s"=]+=(?:"(?:[^"\\]|\\.)*"|[^\s"]*)/g) ?? [];
  const all = fields.length > 1 && fields.join(" ") === plain && fields.every((field) => FIELD.test(field));
  return all && namesOf(fields).size === fields.length ? fields.toSorted().join(" ") : linksMeaning(plain);
}

/** Exposition format of Prometheus: labels in any order, the value as a number. */
function metricMeaning([, name = "", inner = "", value = "", rest = ""]: RegExpExecArray): string | null {
  const labels = inner.match(/\w+="(?:[^"\\]|\\.)*"/g) ?? [];
  if (labels.join(",") !== inner.replaceAll(/\s*,\s*/g, ",").replace(/,$/, "")) return null;
  if (!labels.every((label) => LABEL.test(label)) || namesOf(labels).size !== labels.length) return null;
  const number = Number(value);
  const exact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return `${name}{${labels.toSorted().join(",")}} ${exact && value.length <= 15 ? number : value}${rest.trimEnd()}`;
}

function namesOf(fields: readonly string[]): ReadonlySet<string> {
  return new Set(fields.map((field) => field.slice(0, field.indexOf("="))));
}

const QUERIED = /(?<=^|[\s"'(<=])((?:https?:\/\/|\/)[^\s"'<>()?#]*)\?([^\s"'<>()#]+)/g;

/** Two texts whose links name their parameters in one order; null where they do so already. */
export function sortedLinks([reference, shadow]: Both): Both | null {
  const [left, right] = [withSortedLinks(reference), withSortedLinks(shadow)];
  return left === reference && right === shadow ? null : [left, right];
}

/** Parameters of one name keep their order. */
function withSortedLinks(text: string): string {
  if (!text.includes("?") || !text.includes("&")) return text;
  return text.replaceAll(QUERIED, (_, path: string, query: string) => `${path}?${sorted(query.split("&")).join("&")}`);
}

function sorted(parameters: readonly string[]): readonly string[] {
  return parameters.toSorted((left, right) => {
    const [first, second] = [nameOf(left), nameOf(right)];
    return first < second ? -1 : first > second ? 1 : 0;
  });
}

function nameOf(parameter: string): string {
  return parameter.split("=", 1)[0] ?? "";
}

/** Also with one way of escaping: hexadecimal digits in upper case, and in a query only what must be escaped. */
function linksMeaning(text: string): string {
  if (!/[?%]/.test(text)) return text;
  const upper = text.replaceAll(QUERIED, (_, path: string, query: string) => {
    const parameters = query.split("&").map((one) => one.split("=").map(oneEscape).join("="));
    return `${path}?${sorted(parameters).join("&")}`;
  });
  return /^(?:https?:\/\/|\/)\S*$/.test(upper)
    ? upper.replaceAll(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase())
    : upper;
}

function oneEscape(text: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(text.replaceAll("+", " ")));
  } catch {
    return text;
  }
}
