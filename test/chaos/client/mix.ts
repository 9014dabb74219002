/** The traffic of one run: every kind of answer and body, small ones most often. Pure. */
import type { Item } from "./exchange.ts";

const KB = 1024;
const MB = 1024 * KB;

interface Kind {
  readonly method: Item["method"];
  readonly kind?: string;
  readonly bytes: number;
  readonly times: number;
}

/** The always-taken first requests of a route come before the draw begins: see sampling.ts. */
export const WARM_REQUESTS = 20;

const SMALL: readonly Kind[] = [
  { method: "GET", bytes: 0, times: 4 },
  { method: "GET", bytes: KB, times: 10 },
  { method: "GET", kind: "changed", bytes: KB, times: 8 },
  { method: "GET", bytes: 60 * KB, times: 6 },
  { method: "GET", kind: "changed", bytes: 60 * KB, times: 2 },
  { method: "GET", bytes: 300 * KB, times: 4 },
  { method: "GET", bytes: MB, times: 3 },
  { method: "GET", kind: "gzip", bytes: 50 * KB, times: 3 },
  { method: "GET", kind: "chunked", bytes: 20 * KB, times: 3 },
  { method: "GET", kind: "cookies", bytes: KB, times: 2 },
  { method: "GET", kind: "missing", bytes: KB, times: 2 },
  { method: "GET", kind: "none", bytes: 0, times: 2 },
  { method: "GET", kind: "moved", bytes: 0, times: 2 },
  { method: "HEAD", bytes: 60 * KB, times: 3 },
  { method: "POST", bytes: 0, times: 2 },
  { method: "POST", bytes: KB, times: 4 },
  { method: "POST", bytes: 60 * KB, times: 4 },
  { method: "POST", bytes: MB, times: 2 },
];

const LARGE: readonly Kind[] = [
  { method: "GET", bytes: 8 * MB, times: 2 },
  { method: "GET", bytes: 40 * MB, times: 1 },
  { method: "POST", bytes: 8 * MB, times: 1 },
  { method: "POST", bytes: 40 * MB, times: 1 },
];

/** `seed` shuffles and names the clients: each request has one of its own. */
export function mix(seed: number, withLarge: boolean): readonly Item[] {
  const kinds = withLarge ? [...SMALL, ...LARGE] : SMALL;
  const items = kinds.flatMap((kind) => Array.from({ length: kind.times }, () => kind));
  return shuffled(items, seed).map((kind, at) => itemOf(kind, at, `client-${seed}-${at}`));
}

/** Small ones, so that a shadow, a breaker and a table are met by the others as they will be. */
export function warmUp(seed: number): readonly Item[] {
  const kind: Kind = { method: "GET", bytes: KB, times: WARM_REQUESTS };
  return Array.from({ length: WARM_REQUESTS }, (_, at) => itemOf(kind, at, `warm-${seed}-${at}`));
}

function itemOf({ method, kind = "plain", bytes }: Kind, at: number, client: string): Item {
  const path = `/b/${1_000 + at}?k=${kind}&n=${method === "POST" ? 0 : bytes}`;
  const label = `${method} ${kind} ${sizeText(bytes)}`;
  return { label, method, path, client, ...(method === "POST" && { body: uploadOf(bytes) }) };
}

function sizeText(bytes: number): string {
  return bytes >= MB ? `${bytes / MB} MB` : bytes >= KB ? `${bytes / KB} KB` : `${bytes} B`;
}

const uploads = new Map<number, Buffer>();

function uploadOf(bytes: number): Buffer {
  const known = uploads.get(bytes) ?? Buffer.alloc(bytes, "an upload of the chaos run. ");
  uploads.set(bytes, known);
  return known;
}

/** The same order for the same seed (a linear congruential generator; it decides nothing but an order). */
function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  let state = seed + 1;
  const keyed = items.map((item) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { item, key: state };
  });
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}
