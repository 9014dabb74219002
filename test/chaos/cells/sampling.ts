/**
 * The share that is sampled, a client key with each request. The requests carry credentials without a mapping, so each sample
 * ends as skipped(credentials) and is counted without costing a shadow anything.
 */
import { pause, waitFor } from "../../servers/wait-for.ts";
import type { Cell, Trial } from "../cell.ts";
import { CLIENT_HEADER } from "../client/exchange.ts";
import { sendMany } from "../client/fast.ts";
import { ALWAYS_TAKEN, isDrawn } from "../client/sampling.ts";
import { deploy } from "../deployment.ts";
import { type Row, row } from "../promise.ts";
import type { Rig } from "../rig/rig.ts";

const RATES = [0, 0.01, 0.1, 1] as const;
const REQUESTS = 100_000;
const QUICK_REQUESTS = 2_000;

/** Two-sided 99.9 % of the normal distribution, by which a binomial one of this size is met closely. */
const Z_999 = 3.2905;

/** More than the pause between two syncs, so that the last counters have come up. */
const SETTLE_MS = 12_000;

export const SAMPLING_CELLS: readonly Cell[] = RATES.map((rate) => ({
  name: `sampling at ${rate * 100} %`,
  run: (trial) => measured(rate, trial),
}));

async function measured(rate: number, { rig, isQuick, signal }: Trial): Promise<readonly Row[]> {
  const cell = `sampling at ${rate * 100} %`;
  const count = isQuick ? QUICK_REQUESTS : REQUESTS;
  const deployment = await deploy(rig, { rate });
  const { target, host } = deployment;
  const head = (client: string): string =>
    `GET /b/1?k=none HTTP/1.1\r\nhost: ${host}\r\nauthorization: Basic c3RhbmQ6aW4=\r\n${CLIENT_HEADER}: ${client}`;
  const { port } = { port: rig.ports.tee };
  // The first of a route are taken whatever the rate; they come first and are no part of what is judged.
  const one = { port, count: 1, head: () => head("first"), signal };
  for (let at = 0; at < ALWAYS_TAKEN + 5; at += 1) await sendMany(one);
  await pause(SETTLE_MS);
  await sendMany(one);
  await pause(500);
  for (let at = 0; at < ALWAYS_TAKEN; at += 1) await sendMany(one);
  await pause(SETTLE_MS);
  const before = await rig.far.counters(target.deploymentId, host);
  const hourBefore = Math.floor(Date.now() / 3_600_000);
  await sendMany({ ...one, count, head: (at) => head(`client-${at}`) });
  const now = Date.now();
  const after = await reported(rig, { id: target.deploymentId, host, seen: before.seen + count });
  await deployment.close();
  if (Math.floor(now / 3_600_000) !== hourBefore)
    return [
      row(cell, { promise: "sampled", goal: "", measured: "an hour ended on the way: run it again", isKept: false }),
    ];
  const sampled = after.sampled - before.sampled;
  const { deploymentId } = target;
  const drawn = Array.from({ length: count }, (_, at) => isDrawn(`client-${at}`, { deploymentId, rate, now })).filter(
    Boolean,
  );
  const off = Z_999 * Math.sqrt(count * rate * (1 - rate));
  const [low, high] = [Math.ceil(count * rate - off), Math.floor(count * rate + off)];
  const seen = after.seen - before.seen;
  return [
    row(cell, {
      promise: `sampled of ${count} clients, 99.9 % interval`,
      goal: `${low} to ${high}`,
      measured: String(sampled),
      isKept: sampled >= low && sampled <= high && seen === count,
      seen: seen === count ? [] : [`seen ${seen}, unrouted ${after.unrouted - before.unrouted}`],
    }),
    row(cell, {
      promise: "sampled, as the client works it out",
      goal: String(drawn.length),
      measured: String(sampled),
      isKept: sampled === drawn.length,
    }),
  ];
}

/** The counters once all requests have been reported, or the last ones there were. */
async function reported(rig: Rig, { id, host, seen }: { id: string; host: string; seen: number }) {
  const look = async () => {
    const counters = await rig.far.counters(id, host);
    return counters.seen >= seen ? counters : undefined;
  };
  return waitFor(look, "the last counters", SETTLE_MS).catch(() => rig.far.counters(id, host));
}
