/** The parts of JSON that are no containers: numbers, words, and the escapes of strings that nobody else can read. */
import { characterTable } from "./characters.ts";

export const NUMBER_CHARACTERS = characterTable("0123456789+-.eE");

const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Undefined where it is no JSON. `touchesEnd`: it may be the start of a longer one. */
export function literalType(literal: string, touchesEnd: boolean): "number" | "boolean" | "string" | undefined {
  if (NUMBER.test(literal)) return "number";
  if (literal === "true" || literal === "false") return "boolean";
  if (literal === "null") return "string";
  const isPrefix =
    /^-?[0-9.eE+-]*$/.test(literal) || ["true", "false", "null"].some((word) => word.startsWith(literal));
  return touchesEnd && isPrefix ? "string" : undefined;
}

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([\s\S]?))/g;

const SHORT: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

/** A string whose escapes are not all valid: those that are, are read; the others stand for their character. */
export function leniently(raw: string): string {
  return raw.replaceAll(ESCAPE, (_, hex: string | undefined, short: string) =>
    hex === undefined ? (SHORT[short] ?? short) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
