/** Durations, sizes and numbers as compose files write them. Null where a text is none of these. */

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** The longest duration that is believed: a year. */
const MAX_DURATION_MS = 365 * 86_400_000;

/** No machine has more; larger numbers would not be exact. */
const MAX_BYTES = 2 ** 50;

const MAX_TEXT_CHARS = 60;

/** Milliseconds of `1m30s`, `1.5h`, `250ms`, `2d`; a fraction of a millisecond counts as a whole one. */
export function composeDurationMs(text: string): number | null {
  if (text === "0") return 0;
  if (text.length > MAX_TEXT_CHARS || !/^(?:[0-9]+(?:\.[0-9]*)?(?:ns|us|µs|μs|ms|s|m|h|d|w))+$/.test(text)) return null;
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/([0-9.]+)([a-zµμ]+)/g))
    sum += Number(count) * (UNIT_MS[unit ?? ""] ?? 0);
  return sum <= MAX_DURATION_MS ? Math.ceil(sum) : null;
}

const EXPONENTS: Readonly<Record<string, number>> = { "": 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/** Bytes of `512`, `1.5g`, `64mb`, `1GiB`: units are powers of 1024. Zero and below mean no limit to compose. */
export function composeBytes(text: string): number | null {
  if (text.length > MAX_TEXT_CHARS) return null;
  const [, count, unit = ""] = /^([0-9]+(?:\.[0-9]*)?|\.[0-9]+) ?([kmgtp]?)(?:i?b)?$/i.exec(text) ?? [];
  if (count === undefined) return null;
  const bytes = Math.floor(Number(count) * 1024 ** (EXPONENTS[unit.toLowerCase()] ?? 0));
  return bytes <= MAX_BYTES ? bytes : null;
}

/** A number of 0 or more, with or without a fraction. */
export function composeNumber(text: string): number | null {
  return text.length <= MAX_TEXT_CHARS && /^[0-9]*\.?[0-9]+(?:e[0-9])?$/i.test(text) ? Number(text) : null;
}

/** A whole number of 0 or more. */
export function composeInteger(text: string): number | null {
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : null;
}

/** `true` and `false`, as a value or as a text; compose takes the words of YAML 1.1 as well. */
export function composeBoolean(text: string): boolean | null {
  if (/^(?:true|yes|on|y|1|t)$/i.test(text)) return true;
  return /^(?:false|no|off|n|0|f)$/i.test(text) ? false : null;
}
