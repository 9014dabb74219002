/** Durations as people write them in the configuration file: `90s`, `30m`, `12h`, `7d`, `2w`. */

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const FORM = /^(\d{1,6})([smhdw])$/;

/** Milliseconds of `7d`; null for anything else. */
export function durationMs(text: string): number | null {
  const [, count, unit] = FORM.exec(text) ?? [];
  const unitMs = UNIT_MS[unit ?? ""];
  return unitMs === undefined ? null : Number(count) * unitMs;
}
