/** What a caller is told of an error nobody expected: trouble of the stores by name, everything else as ours. No inner words. */
import { type Refused, refuse } from "./reply.ts";

/** drizzle wraps D1's own error: the cause has the words. */
const DATABASE = /^(?:Failed query|D1_ERROR)/;
/** R2's errors name the call and end with a code: developers.cloudflare.com/r2/api/error-codes. */
const BUCKET = /^(?:get|head|list): .*\(\d{5}\)$/s;
const NO_TABLE = /no such (?:table|column)/;

const HOW_TO_MIGRATE =
  "Its tables are missing or older than this version. Apply the migrations: wrangler d1 migrations apply DB -c workers/report/wrangler.toml, with --local or with --remote --env.";

export function refusalOf(error: Error): Refused {
  const words = [error.message, error.cause instanceof Error ? error.cause.message : ""];
  if (words.some((text) => NO_TABLE.test(text))) return refuse("storage-unavailable", HOW_TO_MIGRATE);
  if (BUCKET.test(error.message)) return refuse("storage-unavailable", "The bucket with the bodies did not answer.");
  return words.some((text) => DATABASE.test(text)) ? refuse("storage-unavailable") : refuse("internal");
}
