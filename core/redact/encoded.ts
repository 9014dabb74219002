/** Percent-encoded words. What they stand for is redacted like any text, and encoded again where that changed something. */
import { characterTable, isIn } from "./characters.ts";
import type { Redaction } from "./redaction.ts";
import { betweenTokens } from "./spans.ts";

type RedactInner = (text: string) => string;

/** What separates words: the delimiters of addresses and forms (RFC 3986, 2.2), and those of prose and markup. */
const DELIMITERS = characterTable(" \t\r\n/?#&=;,\"'<>\\");

/** `plus`: a plus sign means a space, as in forms and queries. */
export function redactPercent(
  text: string,
  redaction: Redaction,
  options: { inner: RedactInner; plus: boolean },
): string {
  return betweenTokens(text, (part) => redactWords(part, redaction, options));
}

function redactWords(
  text: string,
  redaction: Redaction,
  { inner, plus }: { inner: RedactInner; plus: boolean },
): string {
  const pieces: string[] = [];
  let secretNext = false;
  for (let start = 0; start <= text.length; ) {
    const end = endOfWord(text, start);
    const word = text.slice(start, end);
    const delimiter = text.charAt(end);
    const encoded = word.includes("%") || (plus && word.includes("+"));
    const decoded = encoded ? percentDecoded(plus ? word.replaceAll("+", " ") : word) : word;
    const redacted = secretNext ? redaction.replace("string", decoded) : encoded ? inner(decoded) : decoded;
    pieces.push(redacted === decoded ? word : encodeURIComponent(redacted.toWellFormed()), delimiter);
    secretNext = delimiter === "=" && encoded && redaction.isSecretName(decoded);
    start = end + 1;
  }
  return pieces.join("");
}

function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isIn(DELIMITERS, text.charCodeAt(end))) end += 1;
  return end;
}

const ENCODED_RUN = /(?:%[0-9a-fA-F]{2})+/g;

/** The decoded text. What is not valid stays as it is; what is no UTF-8 is read byte by byte. */
export function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replaceAll(ENCODED_RUN, decodedRun);
  }
}

function decodedRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run.replaceAll(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
}
