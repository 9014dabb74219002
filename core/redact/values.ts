/**
 * Values that are secret whatever they are called and that are made of several words or bear a mark of their own; keys and
 * tokens of one word are in words.ts. A cheap test decides whether an expression runs, and every expression is bounded, so
 * that a hostile body costs no more than its length.
 */
import { cardsIn, ibansIn, phonesIn } from "./numbers.ts";
import type { Redaction } from "./redaction.ts";
import type { Span } from "./rules.ts";
import { betweenTokens, replaceSpans } from "./spans.ts";
import { AT, MIN_NUMBER_CHARS, type Traits } from "./traits.ts";

interface Kind {
  readonly canBeIn: (text: string, traits: Traits) => boolean;
  readonly find: (text: string) => readonly Span[];
}

/** Where the expression's group `value`, which ends the match, stands; the whole match where there is no such group. */
function matching(expression: RegExp): (text: string) => readonly Span[] {
  return (text) =>
    Array.from(text.matchAll(expression), (match) => {
      const end = match.index + match[0].length;
      return { start: end - (match.groups?.["value"] ?? match[0]).length, end };
    });
}

/** Addresses of mail (RFC 5321, 4.1.2, with letters of RFC 6531). `logo@2x.png` is a picture, `//git@host` an address of code. */
const MAIL =
  /(?<![\p{L}\p{N}._+%'-]|:\/\/)[\p{L}\p{N}._+%'-]{1,256}@(?!\dx\.)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}[\p{L}-]{2,24}/u;

/** Each in the text behind the one before: the second of `a@b.co+c@d.co` starts where the first ends. */
function mailAddressesIn(text: string): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let match = MAIL.exec(text); match !== null; match = MAIL.exec(text.slice(from))) {
    const start = from + match.index;
    from = start + match[0].length;
    spans.push({ start, end: from });
  }
  return spans;
}

/** The shortest IBAN has 15 characters, the shortest group of credentials in use is longer than eight. */
const MIN_IBAN_CHARS = 15;
const MIN_CREDENTIAL_CHARS = 8;

const hasAddress = (text: string, { bits }: Traits) => (bits & AT) !== 0 && text.includes("://");

const KINDS: readonly Kind[] = [
  // Private keys (RFC 7468); one that the capture limit cut runs to the end.
  {
    canBeIn: (text) => text.includes("PRIVATE KEY"),
    find: matching(/-----BEGIN[A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?(?:-----)?[\s\S]*?(?:-----END[A-Z ]{1,50}-----|$)/g),
  },
  // Authorization values (RFC 6750, RFC 7617); something that looks like prose is left alone.
  {
    canBeIn: (text, { longestWord }) => longestWord >= MIN_CREDENTIAL_CHARS && /[BbTt](?:earer|asic|oken) /.test(text),
    find: matching(/\b[BbTt](?:earer|oken) {1,4}(?<value>(?=[\w.~+/=-]{0,200}\d|[\w.~+/-]{24})[\w.~+/=-]{8,})/g),
  },
  {
    canBeIn: (text) => /[Bb]asic /.test(text),
    find: matching(/\b[Bb]asic {1,4}(?<value>(?=[\w+/-]{0,200}(?:\d|=)|[\w+/-]{24})[\w+/-]{6,}={0,2})/g),
  },
  // A token as the user beside a fixed password: https://docs.github.com/en/rest/authentication
  { canBeIn: hasAddress, find: matching(/:\/\/(?<value>[^\s/]{1,256})(?=:x-oauth-basic@)/g) },
  // Password in the user part of an address (RFC 3986, 3.2.1); a long user name alone is a key.
  { canBeIn: hasAddress, find: matching(/:\/\/[^\s/:@"'<>]{0,256}:(?<value>[^\s/?#"'<>]{1,512})(?=@)/g) },
  { canBeIn: hasAddress, find: matching(/:\/\/(?<value>[^\s/:@"'<>]{16,256})(?=:[^\s/"'<>]{0,512}@|@)/g) },
  { canBeIn: (_, { longestNumber }) => longestNumber >= MIN_NUMBER_CHARS, find: cardsIn },
  {
    canBeIn: (text) => text.length >= MIN_IBAN_CHARS && /[A-Za-z]{2}\d\d[ -]?[A-Za-z0-9]{4}/.test(text),
    find: ibansIn,
  },
  { canBeIn: (_, { bits }) => (bits & AT) !== 0, find: mailAddressesIn },
];

/** Replaces secret-looking values inside a text with these traits. */
export function redactValues(text: string, traits: Traits, redaction: Redaction): string {
  let result = text;
  for (const { canBeIn, find } of KINDS) if (canBeIn(result, traits)) result = replaced(result, find, redaction);
  return redaction.rules.phones ? replaced(result, phonesIn, redaction) : result;
}

function replaced(text: string, find: (text: string) => readonly Span[], redaction: Redaction): string {
  return betweenTokens(text, (part) => replaceSpans(part, find(part), (value) => redaction.replace("string", value)));
}
