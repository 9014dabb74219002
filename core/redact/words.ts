/**
 * Long words: keys that are known by their prefix, JSON Web Tokens, and base64 of a text in which something has to go.
 * Prose and markup have hardly any, so the words are found first and only they are looked at.
 */
import { decodeBase64 } from "./base64.ts";
import { characterTable, DIGITS, isIn, LETTERS } from "./characters.ts";
import { ISSUERS, patternOf } from "./issuers.ts";
import type { Redaction } from "./redaction.ts";
import { betweenTokens } from "./spans.ts";
import { MIN_WORD_CHARS } from "./traits.ts";

type RedactInner = (text: string) => string;

const WORD_CHARACTERS = characterTable(`${DIGITS}${LETTERS}+/_.-~`);

const EQUALS = 61;

/** One expression for all issuers: the engine then passes over a word once. */
const ISSUED = new RegExp(`(?<![A-Za-z0-9])(?:${ISSUERS.map(patternOf).join("|")})`, "g");

/** Addresses whose path is the key. Names of hosts know no case. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, https://discord.com/developers/docs/resources/webhook */
const WEBHOOK =
  /hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]+|discord(?:app)?\.com\/api\/webhooks\/[\w/-]{20,}/gi;

/** RFC 7519: the header starts with `{"`, which is `eyJ` in base64. Also encrypted and unsecured ones, and a cut one. */
const JWT = /(?<![\w-])eyJ[\w-]{5,}(?:(?:\.[\w-]*){1,4}|$)/g;

/** `<prefix>_<many letters of both cases and digits>`: how keys are made nowadays, whoever issues them. */
const PREFIXED_KEY =
  /(?<![\w-])[a-z]{2,12}(?:_[a-z0-9]{1,8}){0,2}_(?=[A-Za-z]{0,30}\d)(?=[a-z0-9]{0,30}[A-Z])(?=[A-Z0-9]{0,30}[a-z])[A-Za-z0-9]{30,}(?![\w-])/g;

export function redactWords(text: string, redaction: Redaction, inner: RedactInner): string {
  return betweenTokens(text, (part) => redactPart(part, redaction, inner));
}

function redactPart(text: string, redaction: Redaction, inner: RedactInner): string {
  const pieces: string[] = [];
  let copied = 0;
  for (let start = 0; start < text.length; ) {
    let end = start;
    while (isIn(WORD_CHARACTERS, text.charCodeAt(end))) end += 1;
    if (end - start >= MIN_WORD_CHARS) {
      while (text.charCodeAt(end) === EQUALS && end < text.length) end += 1;
      const word = text.slice(start, end);
      const redacted = redactWord(word, redaction, inner);
      if (redacted !== word) {
        pieces.push(text.slice(copied, start), redacted);
        copied = end;
      }
    }
    start = Math.max(end, start + 1);
  }
  return copied === 0 ? text : pieces.join("") + text.slice(copied);
}

function redactWord(word: string, redaction: Redaction, inner: RedactInner): string {
  const replace = (value: string) => redaction.replace("string", value);
  const known = word
    .replaceAll(WEBHOOK, replace)
    .replaceAll(JWT, replace)
    .replaceAll(ISSUED, replace)
    .replaceAll(PREFIXED_KEY, replace);
  // Base64 of text has letters of both cases: in a group of three bytes the first character of four tells.
  if (known !== word || !/[A-Z]/.test(word) || !/[a-z]/.test(word)) return known;
  if (hides(word, inner)) return replace(word);
  return /[./~]/.test(word) ? redactBetween(word, /[/.~]/, { replace, inner }) : word;
}

interface Between {
  readonly replace: (value: string) => string;
  readonly inner: RedactInner;
}

/** A slash is a character of base64 and separates the segments of a path: both readings are tried. */
function redactBetween(word: string, separator: RegExp, { replace, inner }: Between): string {
  const separators = word.match(new RegExp(separator.source, "g")) ?? [];
  return word
    .split(separator)
    .map(
      (part, at) =>
        (part.length >= MIN_WORD_CHARS && hides(part, inner) ? replace(part) : part) + (separators[at] ?? ""),
    )
    .join("");
}

/** Whether the word is base64 or base64url of a text in which something has to go. */
function hides(word: string, inner: RedactInner): boolean {
  const decoded = decodeBase64(word);
  return decoded !== undefined && inner(decoded) !== decoded;
}
