/** Times of the API: ISO 8601 in UTC, from the database's Unix milliseconds. */

export function isoTime(unixMs: number): string {
  return new Date(unixMs).toISOString();
}

export function isoTimeOrNull(unixMs: number | null): string | null {
  return unixMs === null ? null : isoTime(unixMs);
}
