/** Base64 and base64url (RFC 4648) of text. Nothing else is decoded: what is no text holds no names and no known forms. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The value of a character by its code; 255 where it has none. */
const VALUES = new Uint8Array(128).fill(255);
for (let at = 0; at < ALPHABET.length; at += 1) VALUES[ALPHABET.charCodeAt(at)] = at;
VALUES["-".charCodeAt(0)] = 62;
VALUES["_".charCodeAt(0)] = 63;

/** Characters of the word that show whether it is text: three groups of three bytes. */
const FIRST_CHARS = 12;

/** The first character of a group stands for the upper six bits of a byte: below this it is ASCII. */
const FIRST_BEYOND_ASCII = 32;

/** The text that the word stands for; undefined where it is not base64, or not of text. Padding may be missing. */
export function decodeBase64(word: string): string | undefined {
  const length = word.length - (/={1,2}$/.exec(word)?.[0].length ?? 0);
  if (length % 4 === 1 || !looksLikeText(word) || decodeText(word, FIRST_CHARS) === undefined) return undefined;
  const bytes = decodeText(word, length);
  return bytes === undefined ? undefined : utf8(bytes);
}

/** Two of the first three groups begin with ASCII. */
function looksLikeText(word: string): boolean {
  let ascii = 0;
  for (let at = 0; at < FIRST_CHARS; at += 4) if (valueAt(word, at) < FIRST_BEYOND_ASCII) ascii += 1;
  return ascii > 1;
}

function valueAt(word: string, at: number): number {
  return VALUES[word.charCodeAt(at)] ?? 255;
}

/** The bytes as characters of the same code; undefined at the first control character or foreign character. */
function decodeText(word: string, length: number): string | undefined {
  const pieces: string[] = [];
  let buffer = 0;
  let bits = 0;
  for (let at = 0; at < length; at += 1) {
    const value = valueAt(word, at);
    if (value === 255) return undefined;
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (buffer >> bits) & 0xff;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return undefined;
    pieces.push(String.fromCharCode(byte));
  }
  return pieces.join("");
}

/** Undefined where the bytes are no UTF-8. */
function utf8(bytes: string): string | undefined {
  if (!/[^\0-\x7F]/.test(bytes)) return bytes;
  try {
    return decodeURIComponent(bytes.replaceAll(/[^\0-\x7F]|%/g, (one) => `%${one.charCodeAt(0).toString(16)}`));
  } catch {
    return undefined;
  }
}
