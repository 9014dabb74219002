/**
 * How many calls one request of a client may cause. The smallest plan allows 50 subrequests
 * (https://developers.cloudflare.com/workers/platform/limits/#subrequests); ten leave room for what the runtime adds.
 */
import type { RoutedTarget } from "../../../core/wire/target.ts";
import type { SecondAnswers } from "./second-answers.ts";

const MAX_SUBREQUESTS = 10;

/** Production's answer, the sync beside it, and the one that brings the last counters up. */
const OTHERS = 3;

/** How many of the pairs may go by way of the bucket, which is one call more: each target's own hand-over has its place. */
export function sparePuts(targets: readonly RoutedTarget[], second: SecondAnswers): number {
  let calls = OTHERS + second.baseAgain.size + (second.control ? 1 : 0);
  for (const { settings } of targets) calls += settings.base === null ? 2 : 3;
  return MAX_SUBREQUESTS - calls;
}

/** A bucket that takes only so many. A pair it refuses is dropped, as if the bucket had failed. */
export function boundedBucket(bucket: R2Bucket, puts: number): Pick<R2Bucket, "put"> {
  let left = puts;
  const put = (...args: Parameters<R2Bucket["put"]>) => {
    if (left <= 0) throw new Error("more large pairs of one request than calls are left");
    left -= 1;
    return bucket.put(...args);
  };
  // The overloads differ in their options alone, which pass through.
  return { put: put as R2Bucket["put"] };
}
