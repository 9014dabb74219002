/** The kept answers of a pair, from the bucket. Bodies are data: they leave as JSON text and are never rendered here. */
import { type Exchange, ExchangeSchema } from "../../../core/wire/api/pairs.ts";

/** Null when it is gone (the bucket's lifecycle deletes old ones) or is not what the consumer writes; the latter is logged. */
export async function readExchange(bucket: R2Bucket, key: string): Promise<Exchange | null> {
  const object = await bucket.get(key);
  if (object === null) return null;
  try {
    const text = await new Response(object.body.pipeThrough(new DecompressionStream("gzip"))).text();
    return ExchangeSchema.parse(JSON.parse(text));
  } catch (error) {
    console.error(JSON.stringify({ event: "exchange-unreadable", key, error: String(error) }));
    return null;
  }
}
