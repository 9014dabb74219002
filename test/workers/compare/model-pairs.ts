/** Pairs whose differences nobody has judged, for tests of the model stage. */
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { json, pair } from "./stand.ts";

/** Each name is a route of its own, so each has a signature nobody has judged. */
export const changed = (id: string, route = "things", shadow = "red apple") =>
  pair(id, {
    request: { method: "GET", path: `/${route}/1`, headers: {}, body: null },
    prod: json({ label: "green apple", note: "ripe" }),
    shadow: json({ label: shadow, note: "ripe" }),
  });
/** As many pairs, each of a signature of its own. */
export const several = (count: number, prefix: string): readonly CapturedPair[] =>
  Array.from({ length: count }, (_, n) => changed(`${prefix}-${n}`, `${prefix}${n}x`));

/** One side of a pair by HTTP. */
export interface Side {
  readonly status: number;
  readonly body: unknown;
}

export const side = (body: unknown, status = 200): Side => ({ status, body });
