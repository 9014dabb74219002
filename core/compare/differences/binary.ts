/** Differences of bodies that are no text (base64 in the pair): by format, size and the first byte that differs. Their content is not looked into. */
import type { Difference } from "../difference.ts";

/** First characters in base64 of well-known formats. https://en.wikipedia.org/wiki/List_of_file_signatures */
const FORMATS: readonly (readonly [string, RegExp])[] = [
  ["png", /^iVBORw0KGgo/],
  ["jpeg", /^\/9j\//],
  ["gif", /^R0lGOD/],
  // What it is stands behind the length: "WEBP", "WAVE", "AVI ".
  ["webp", /^UklGR.{6}XRUJQ/],
  ["wav", /^UklGR.{6}XQVZF/],
  ["riff", /^UklGR/],
  ["pdf", /^JVBERi/],
  ["zip", /^UEsD/],
  ["gzip", /^H4sI/],
  ["wasm", /^AGFzb/],
  ["woff", /^d09GR/],
  ["woff2", /^d09GM/],
  ["ico", /^AAABAA/],
  ["mp3", /^SUQz/],
  ["mp4", /^.{5}GZ0eXB/],
  ["ogg", /^T2dnU/],
  ["bmp", /^Qk/],
  ["sqlite", /^U1FMaXRl/],
];

export function binaryDifferences(reference: string, shadow: string): readonly Difference[] {
  if (reference === shadow) return [];
  const from = firstDifferent(reference, shadow);
  const place = { part: "body", path: "body", pattern: "body" } as const;
  const [left, right] = [describe(reference, from), describe(shadow, from)];
  const kind = formatOf(reference) === formatOf(shadow) ? "value" : "type";
  return [{ ...place, kind, reference: JSON.stringify(left), shadow: JSON.stringify(right) }];
}

function describe(base64: string, from: number): string {
  const bytes = bytesAt(base64, from);
  return `${formatOf(base64)}, ${bytesOf(base64)} bytes, from byte ${from}: ${bytes === "" ? "nothing" : bytes}`;
}

function formatOf(base64: string): string {
  const start = base64.slice(0, 32);
  return FORMATS.find(([, sign]) => sign.test(start))?.[0] ?? "binary";
}

/** Bytes that a base64 text stands for. */
function bytesOf(base64: string): number {
  const padding = /={0,2}$/.exec(base64)?.[0].length ?? 0;
  return Math.floor(((base64.length - padding) * 3) / 4);
}

/** Offset of the first byte that differs, or the length of the shorter one. Four characters stand for three bytes. */
function firstDifferent(reference: string, shadow: string): number {
  let at = 0;
  while (at < reference.length && at < shadow.length && reference.charCodeAt(at) === shadow.charCodeAt(at)) at++;
  const group = at - (at % 4);
  const [left, right] = [decoded(reference.slice(group, group + 4)), decoded(shadow.slice(group, group + 4))];
  const within = left.findIndex((byte, index) => byte !== right[index]);
  return (group / 4) * 3 + (within === -1 ? left.length : within);
}

/** Up to four bytes in hexadecimal. */
function bytesAt(base64: string, offset: number): string {
  const group = Math.floor(offset / 3) * 4;
  const bytes = decoded(base64.slice(group, group + 8)).slice(offset % 3, (offset % 3) + 4);
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** `atob` belongs to a platform, and eight characters need none. */
function decoded(base64: string): readonly number[] {
  let bits = "";
  for (const character of base64.replaceAll("=", "")) bits += ALPHABET.indexOf(character).toString(2).padStart(6, "0");
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8), 2),
  );
}
