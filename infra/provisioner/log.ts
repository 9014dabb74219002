/** The service's log: one JSON line per event on standard output. Values of settings that are secret never get into a line. */
import { pino } from "pino";

/** What the service's parts write to: fields first, then words. `pino` has this form. */
export interface Log {
  readonly debug: (fields: object, words: string) => void;
  readonly info: (fields: object, words: string) => void;
  readonly warn: (fields: object, words: string) => void;
  readonly error: (fields: object, words: string) => void;
}

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Shorter values would tear ordinary words apart, and are no secrets. */
const MIN_SECRET_CHARS = 8;

/** Fields that hold credentials by their name, wherever an error of a library carries them along. */
const SECRET_FIELDS = ["authorization", "token", "privateKey", "secret", "password"];

export interface LogOptions {
  readonly level: LogLevel;
  /** Replaced wherever they turn up in a line. */
  readonly secrets: readonly string[];
  /** Default: standard output. */
  readonly write?: (line: string) => void;
}

export function createLog({ level, secrets, write }: LogOptions): Log {
  const hidden = secrets.filter((value) => value.length >= MIN_SECRET_CHARS).flatMap(spellings);
  const options = {
    level,
    base: null,
    messageKey: "words",
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
    hooks: {
      streamWrite: (line: string) => hidden.reduce((text, value) => text.replaceAll(value, "[hidden]"), line),
    },
  };
  return write === undefined ? pino(options) : pino(options, { write });
}

/** As it is, and as it stands inside a JSON text, where line breaks of a key are escaped. */
function spellings(value: string): readonly string[] {
  const escaped = JSON.stringify(value).slice(1, -1);
  return escaped === value ? [value] : [value, escaped];
}
