/** How numbers are written on every screen. */

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** `1,240`. */
export function whole(value: number): string {
  return WHOLE.format(value);
}

/** `1 pair`, `1,240 pairs`. */
export function counted(value: number, singular: string): string {
  return `${whole(value)} ${singular}${value === 1 ? "" : "s"}`;
}

/** A share as `98 %`. Never rounds to 0 or 100 what is neither; a dash when there is nothing to share. */
export function percent(part: number, total: number): string {
  if (total <= 0) return "–";
  const value = (100 * part) / total;
  if (value > 0 && value < 1) return "<1 %";
  if (value < 100 && value > 99) return ">99 %";
  return `${Math.round(value)} %`;
}

/** A setting's share exactly: `1 %`, `0.25 %`. */
export function share(value: number): string {
  return `${Number((100 * value).toPrecision(3))} %`;
}

/** `8.4 ms`, `42 ms`, `1,240 ms`. What took any time never reads as 0: `0.04 ms`. */
export function milliseconds(value: number): string {
  const tenths = Math.round(value * 10) / 10 || Number(value.toPrecision(1));
  return value < 10 ? `${tenths} ms` : `${whole(value)} ms`;
}

/** A ratio of two figures: `0.94`, `1.2`, `59`. */
export function ratio(value: number): string {
  return value < 10 ? String(Number(value.toPrecision(2))) : whole(value);
}

/** `482 B`, `12.4 kB`, `1.2 MB`; decimal units. */
export function bytes(value: number): string {
  if (value < 1_000) return `${whole(value)} B`;
  if (value < 1_000_000) return `${(value / 1_000).toFixed(1)} kB`;
  return `${(value / 1_000_000).toFixed(1)} MB`;
}
