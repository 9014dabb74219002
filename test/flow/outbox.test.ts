/** The local start loses no pair it acknowledged, whichever of its processes is killed and when. The long form: `npm run chaos:kill`. */
import { expect, test } from "vitest";
import { killTrial } from "../chaos/kill/trial.ts";

const KILLS = 5;
/** About a minute on an idle machine; each start takes six times as long on a crowded one. */
const LIMIT_MS = 600_000;

test("five kills -9 at random moments lose no acknowledged pair and count none twice", {
  timeout: LIMIT_MS,
}, async () => {
  const said: string[] = [];
  const result = await killTrial({ kills: KILLS, say: (line) => said.push(line) });
  expect(result.lost, said.join("\n")).toEqual([]);
  expect(result.counted).toBe(result.rows);
  expect(result.acknowledged).toBeGreaterThan(20);
  // A kill may come between the witness and the tee, so there may be more rows than the witness saw acknowledged; not fewer.
  expect(result.rows).toBeGreaterThanOrEqual(result.acknowledged);
});
