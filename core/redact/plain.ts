/**
 * Bodies without a grammar we read: markup, source, logs, multipart forms, JSON that is broken. Names beside values
 * are looked for in every usual notation. Rather one value too many: equality survives redaction, a secret would not.
 */
import { replaceValues } from "./matches.ts";
import type { Redaction } from "./redaction.ts";
import { redactText } from "./text.ts";

/** Notations of a name beside its value. Every part is bounded, and no match can start inside another: linear work. */
const NOTATIONS: readonly RegExp[] = [
  // "name": "value" and 'name': value
  /["'](?<name>[\w.$-]{1,128})["']\s{0,8}:\s{0,8}["']?(?<value>(?:[^"'\\,}\]\r\n]|\\.){1,4096})/g,
  // name="value", name = 'value'
  /(?<![\w.$-])(?<name>[\w.$-]{1,128})\s{0,4}=\s{0,4}["'](?<value>[^"'<>\r\n]{1,4096})/g,
  // name=value
  /(?<![\w.$-])(?<name>[\w.$-]{1,128})=(?<value>[^\s"'&;,<>]{1,4096})/g,
  // name: value on a line of its own
  /^[ \t]{0,64}(?:- )?(?<name>[\w.$-]{1,128}):[ \t]{1,8}(?<value>[^\s"'][^\r\n]{0,4095})/gm,
  // <name attribute="...">value</name>
  /<(?:[\w-]{1,64}:)?(?<name>[\w.-]{1,128})(?:\s[^<>]{0,512})?>(?<value>[^<>]{1,4096})(?=<\/)/g,
  // a part of multipart/form-data (RFC 7578)
  /\bname="(?<name>[^"\r\n]{1,128})"[^\r\n]{0,256}(?:\r?\n[^\r\n]{1,256}){0,4}\r?\n\r?\n(?<value>(?:(?!\r?\n--)[\s\S]){1,4096})/g,
];

/** Form fields and meta elements that name their value in a second attribute. */
const NAMED_ELEMENT = /<(?:input|meta|param|button)\s[^<>]{1,2048}>/gi;
const NAME_ATTRIBUTE = /\s(?:name|id|property)\s{0,4}=\s{0,4}["'](?<name>[^"']{1,128})["']/gi;
const VALUE_ATTRIBUTE = /\s(?:value|content)\s{0,4}=\s{0,4}["'](?<value>[^"']{1,2048})/gi;

export function redactPlain(text: string, redaction: Redaction): string {
  const elements = text.includes("<") ? redactElements(text, redaction) : text;
  const named = NOTATIONS.reduce((result, notation) => redactNotation(result, notation, redaction), elements);
  return redactText(named, redaction);
}

function redactNotation(text: string, notation: RegExp, redaction: Redaction): string {
  return replaceValues(text, notation, ({ name = "", value = "" }) =>
    redaction.isSecretName(name) ? redaction.replace("string", value) : value,
  );
}

function redactElements(text: string, redaction: Redaction): string {
  return text.replaceAll(NAMED_ELEMENT, (element) => {
    const names = Array.from(element.matchAll(NAME_ATTRIBUTE), (match) => match.groups?.["name"] ?? "");
    if (!names.some((name) => redaction.isSecretName(name))) return element;
    return replaceValues(element, VALUE_ATTRIBUTE, ({ value = "" }) => redaction.replace("string", value));
  });
}
