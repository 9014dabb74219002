/** Whether JSON says each key of an object once: `JSON.parse` takes the last of several in silence, so rules could look like others. Pure. */

/** Levels of nesting that are looked at. Rules have six. */
const MAX_LEVELS = 50;

/** A string with its escapes, and the colon that makes it a key. */
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"\s*(:?)/gs;

/** `json` is what `JSON.parse` made of the text. False also where it cannot be told: no JSON, or nested too deeply to be looked at. */
export function saysKeysOnce(text: string, json: unknown): boolean {
  const kept = json === undefined ? null : keysIn(json, MAX_LEVELS);
  return kept !== null && kept === keysWritten(text);
}

function keysWritten(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(STRING)) count += colon === ":" ? 1 : 0;
  return count;
}

function keysIn(value: unknown, levels: number): number | null {
  if (typeof value !== "object" || value === null) return 0;
  if (levels === 0) return null;
  let count = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value)) {
    const found = keysIn(inner, levels - 1);
    if (found === null) return null;
    count += found;
  }
  return count;
}
