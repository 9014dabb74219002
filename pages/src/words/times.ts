/** How moments are written: relative at a glance, absolute on demand. */

/** Upper bound in seconds, the unit used below it, and that unit in seconds. */
const UNITS = [
  [60, "s", 1],
  [3_600, "min", 60],
  [86_400, "h", 3_600],
  [Number.POSITIVE_INFINITY, "d", 86_400],
] as const;

/** `12 s ago`; a moment in the future, by clocks that disagree, counts as `just now`. */
export function ago(iso: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(iso)) / 1_000);
  if (Number.isNaN(seconds)) return iso;
  if (seconds < 2) return "just now";
  const [, unit, size] = UNITS.find(([bound]) => seconds < bound) ?? UNITS[3];
  return `${Math.floor(seconds / size)} ${unit} ago`;
}

/** `2026-11-21 22:47:17 UTC`. */
export function absolute(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
