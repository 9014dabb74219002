/**
 * What a scalar of YAML is, by the rules of docker compose's reader, which are neither YAML 1.1 nor 1.2: `017` is octal, `yes` is a
 * text, a date is a text, `1_000` is a number. And how a number is written where compose wants a text.
 */
import type { ScalarValue } from "./node.ts";

export interface Resolved {
  readonly value: ScalarValue;
  readonly text: string;
}

const CONSTANTS: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...["", "~", "null", "Null", "NULL"].map((text) => [text, null] as const),
  ...["true", "True", "TRUE"].map((text) => [text, true] as const),
  ...["false", "False", "FALSE"].map((text) => [text, false] as const),
]);

const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)$/;
const OCTAL = /^([-+]?)0o?([0-7]+)$/;
const HEX = /^([-+]?)0[xX]([0-9a-fA-F]+)$/;
const BINARY = /^([-+]?)0b([01]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** More digits than any number has; what is longer stays a text and costs nothing. */
const MAX_NUMBER_CHARS = 40;

/** A scalar written without quotes and without a tag. */
export function resolvePlain(source: string): Resolved {
  const constant = CONSTANTS.get(source);
  if (constant !== undefined) return { value: constant, text: constant === null ? "" : String(constant) };
  if (source.length > MAX_NUMBER_CHARS || !/^[-+.0-9]/.test(source)) return { value: source, text: source };
  return numberOf(source) ?? { value: source, text: source };
}

function numberOf(source: string): Resolved | null {
  const digits = source.replaceAll("_", "");
  const whole = wholeNumber(digits);
  if (whole !== null) return { value: Number(whole), text: whole.toString() };
  if (!FLOAT.test(digits)) return null;
  const value = Number(digits);
  return { value, text: floatText(value) };
}

function wholeNumber(digits: string): bigint | null {
  if (DECIMAL.test(digits)) return BigInt(digits.replace("+", ""));
  for (const [form, prefix] of [
    [OCTAL, "0o"],
    [HEX, "0x"],
    [BINARY, "0b"],
  ] as const) {
    const [, sign, body] = form.exec(digits) ?? [];
    if (body !== undefined) return BigInt(`${prefix}${body}`) * (sign === "-" ? -1n : 1n);
  }
  return null;
}

/** Numbers from here on, and fractions from the other on, are written with an exponent: Go's `%v`. */
const LARGE_POWER = 6;
const SMALL_POWER = -4;

/** `1e+06`, `1.5`, `1e-05`: the exponent has a sign and two digits. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value === 0) return "0";
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= SMALL_POWER && power < LARGE_POWER) return String(value);
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
