/** Sketches of latencies as they lie in columns. Apart because there are thousands of them in one read, of a hundred numbers each. */
import { z } from "zod";
import type { LatencyBuckets } from "../../../core/wire/sync.ts";

/** Bucket to count. By hand: a schema of a record takes ten times as long, which is half a second for all open deployments. */
export const BucketsSchema = z.custom<LatencyBuckets>(isBuckets, "a sketch of latencies");

function isBuckets(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((count) => typeof count === "number" && Number.isFinite(count));
}
