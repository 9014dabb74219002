/**
 * The notation of a feature, a fact of a request: `query:currency=EUR`, or `query:currency` where only the presence is kept.
 * Apart because features are written by the consumer and read back, months later, by the report.
 */

/** `auth` has one key, `credentials`, and no value. `path` has the names of a route's placeholders for keys. */
export const SOURCES = ["query", "body", "path", "header", "auth"] as const;
export type Source = (typeof SOURCES)[number];

export interface Feature {
  readonly source: Source;
  /** `currency`, `$.items[*].sku`, `{id}`, `accept-language`. */
  readonly key: string;
  /** Null where the value is too long, or could be secret. */
  readonly value: string | null;
}

/** One text per feature: equal texts are equal features. */
export function writeFeature({ source, key, value }: Feature): string {
  const name = `${source}:${key.replaceAll("%", "%25").replaceAll("=", "%3D")}`;
  return value === null ? name : `${name}=${value}`;
}

/** Null for text that is no feature of ours. */
export function readFeature(text: string): Feature | null {
  const match = /^([a-z]+):([^=]*)(?:=(.*))?$/s.exec(text);
  const source = SOURCES.find((each) => each === match?.[1]);
  if (match === null || source === undefined) return null;
  const key = (match[2] ?? "").replaceAll("%3D", "=").replaceAll("%25", "%");
  return { source, key, value: match[3] ?? null };
}
