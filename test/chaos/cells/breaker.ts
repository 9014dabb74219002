/** A shadow that does not answer is left alone after 5 failures, and asked again when it is back. */
import { pause } from "../../servers/wait-for.ts";
import type { Cell, Trial } from "../cell.ts";
import { until } from "../client/steady.ts";
import { deploy } from "../deployment.ts";
import { atMost, type Row, row } from "../promise.ts";

const FAILURES = 5;
const DOWN_MS = 15_000;

/** One more than the pauses that fit: the open breaker lets one request go every 10 seconds to see. */
const TRIALS = Math.ceil(DOWN_MS / 10_000);

const RECOVERY_LIMIT_S = 30;

const NAME = "breaker";

export const breaker: Cell = { name: NAME, isLong: true, run: measured };

async function measured({ rig, say }: Trial): Promise<readonly Row[]> {
  const { target, host, close } = await deploy(rig);
  const to = { port: rig.ports.tee, host };
  let answered = (await rig.counts()).answered;
  const mirrored = async (): Promise<boolean> => (await rig.counts()).answered > answered;
  await until(mirrored, to, { withinMs: 10_000, everyMs: 100 });
  await rig.set("shadow", "down");
  say("breaker: the shadow is down");
  await until(async () => false, to, { withinMs: DOWN_MS, everyMs: 100 });
  ({ answered } = await rig.counts());
  await rig.set("shadow", "none");
  say("breaker: the shadow is back");
  const recovered = await until(mirrored, to, { withinMs: 2 * RECOVERY_LIMIT_S * 1_000, everyMs: 200 });
  // Until the tee has reported what it counted.
  await pause(6_000);
  const { failed } = await rig.far.counters(target.deploymentId, host);
  await close();
  return [
    row(NAME, {
      promise: `requests to a shadow that is down, ${DOWN_MS / 1_000} s of ten a second`,
      goal: `${FAILURES} to ${FAILURES + TRIALS}`,
      measured: String(failed),
      isKept: failed >= FAILURES && failed <= FAILURES + TRIALS,
    }),
    atMost(NAME, "mirrored again after the shadow is back", {
      limit: RECOVERY_LIMIT_S,
      value: recovered / 1_000,
      unit: "s",
    }),
  ];
}
