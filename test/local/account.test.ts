/** The accounting of a start: every way in which requests can be missing is named. */
import { expect, test } from "vitest";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import { missingOf } from "../../infra/local/account.ts";
import { EMPTY_LEDGER } from "../standins/ledger.ts";

const WHOLE: Ledger = { ...EMPTY_LEDGER, seen: 9, sampled: 9, compared: 7, skipped: { method: 2 }, unrouted: 1 };

test("requests that met no table are accounted for", () => expect(missingOf(WHOLE, 10)).toEqual([]));

test.each([
  [{}, 12, "2 of 12 requests were not counted by the tee"],
  [{}, 8, "the tee counted 10 requests and 8 were sent"],
  [{ inFlight: 3, inFlightAt: { tee: 0, queue: 3 } }, 10, "3 pairs are on the queue and not stored"],
  [{ inFlight: 2, inFlightAt: { tee: 2, queue: 0 } }, 10, "2 requests are still with the tee"],
  [{ lost: { isolate: 1, queue: 2 } }, 10, "3 sampled requests were lost"],
  [{ stale: true }, 10, "the registry does not answer, so the counts are of before"],
  [{ unexplained: 1 }, 10, "1 sampled requests are in no state"],
])("%o of %i sent: %s", (change, sent, words) => {
  expect(missingOf({ ...WHOLE, ...change }, sent)).toEqual([words]);
});
