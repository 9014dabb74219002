/** Looks back on all that was sent: production was asked once for each request, uploads too, whatever was broken. */
import type { Cell, Trial } from "../cell.ts";
import { type Row, row } from "../promise.ts";

const NAME = "production";

export const once: Cell = { name: NAME, run: measured };

async function measured({ rig }: Trial): Promise<readonly Row[]> {
  const { prodRequests, twice } = await rig.counts();
  const promise = `of ${prodRequests} requests, those that reached production twice`;
  return [row(NAME, { promise, goal: "0", measured: String(twice), isKept: twice === 0 })];
}
