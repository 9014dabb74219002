/** What an evicted isolate loses: the tee is killed under load. What it has not reported yet is gone; that is at most the last 5 seconds. */
import { SYNC_INTERVAL_MS } from "../../../core/wire/sync.ts";
import { pause } from "../../servers/wait-for.ts";
import type { Cell, Trial } from "../cell.ts";
import { exchange } from "../client/exchange.ts";
import { small } from "../client/steady.ts";
import { deploy } from "../deployment.ts";
import { atMost, type Row } from "../promise.ts";

const LOAD_MS = 17_000;
const QUICK_LOAD_MS = 8_000;
const EVERY_MS = 20;

/** The call itself, and the clocks of two processes. */
const CALL_MS = 500;

const NAME = "isolate evicted under load";

export const isolate: Cell = { name: NAME, isLong: true, run: measured };

async function measured({ rig, isQuick, signal }: Trial): Promise<readonly Row[]> {
  const { target, host, close } = await deploy(rig);
  const sentAt: number[] = [];
  const until = performance.now() + (isQuick ? QUICK_LOAD_MS : LOAD_MS);
  for (; performance.now() < until; ) {
    signal.throwIfAborted();
    const at = performance.now();
    const outcome = await exchange(small(), { port: rig.ports.tee, host, id: `isolate-${at}` });
    if (!("error" in outcome)) sentAt.push(at);
    await pause(EVERY_MS);
  }
  const killedAt = performance.now();
  await rig.restartTee();
  const { sampled } = await rig.far.counters(target.deploymentId, host);
  await close();
  const lost = sentAt.slice(sampled);
  const oldest = lost[0] === undefined ? 0 : killedAt - lost[0];
  return [
    atMost(NAME, `of ${sentAt.length} sampled requests ${lost.length} are lost; the oldest was that long ago`, {
      limit: (SYNC_INTERVAL_MS + CALL_MS) / 1_000,
      value: oldest / 1_000,
      unit: "s",
    }),
  ];
}
