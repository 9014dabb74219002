/** Exchanges full of ordinary values, and how many of them were replaced on their way. */
import type { Exchange } from "./exchanges.ts";
import { ORDINARY } from "./ordinary.ts";

const ORDINARY_EXCHANGES = 10;
const ORDINARY_PER_KIND = 8;

/** Ordinary values in JSON, without any secret. */
export function ordinaryExchanges(first: number): readonly Exchange[] {
  return Array.from({ length: ORDINARY_EXCHANGES }, (_, at) => {
    const n = first + at;
    const items = Object.values(ORDINARY).flatMap((make) =>
      Array.from({ length: ORDINARY_PER_KIND }, (__, id) => ({ id, text: make() })),
    );
    const prod = { headers: { "content-type": "application/json" }, body: JSON.stringify(items) };
    const shadow = { ...prod, body: JSON.stringify(items.toReversed()) };
    return { n, method: "GET", path: `/c/${n}/ordinary`, headers: {}, body: null, prod, shadow, base: prod };
  });
}

/** Ordinary values of production's answer that were replaced in this message. */
export function replacedIn(message: string, sentOf: ReadonlyMap<number, string>): readonly string[] {
  // What the tee writes; a message that names the bucket has no pairs.
  const { pairs = [] } = JSON.parse(message) as { pairs?: { request: { path: string }; prod: { body?: string } }[] };
  return pairs.flatMap(({ request, prod }) => {
    const sent = sentOf.get(Number(/^\/c\/(\d+)\/ordinary$/.exec(request.path)?.[1] ?? -1));
    if (sent === undefined) return [];
    const after = valuesIn(prod.body ?? "[]");
    return valuesIn(sent).filter((text, at) => after[at] !== text);
  });
}

/** The values in such a body, in order. */
export function valuesIn(body: string): readonly string[] {
  // What `ordinaryExchanges` has made; redaction keeps structure and names.
  return (JSON.parse(body) as { text: string }[]).map(({ text }) => text);
}
