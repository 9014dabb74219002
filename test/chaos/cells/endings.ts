/** Mirroring ends in time: when its pull request is closed, when the registry dies, when the provisioner dies, by the kill switch. */
import { pause } from "../../servers/wait-for.ts";
import type { Cell, Trial } from "../cell.ts";
import { exchange } from "../client/exchange.ts";
import { small, until } from "../client/steady.ts";
import { type Deployment, deploy } from "../deployment.ts";
import { atMost, type Row, row } from "../promise.ts";
import type { Rig } from "../rig/rig.ts";

interface Ending {
  readonly name: string;
  readonly limitS: number;
  end(deployment: Deployment, rig: Rig): Promise<void>;
  /** Undone after the trial. */
  mend?(rig: Rig): Promise<void>;
}

const ENDINGS: readonly Ending[] = [
  { name: "close", limitS: 10, end: (deployment) => deployment.close() },
  {
    name: "kill switch",
    limitS: 10,
    end: async ({ host }, rig) => void (await rig.far.registry(host, "setKillSwitch", "[true]")),
  },
  {
    name: "registry dies",
    limitS: 10,
    end: (_, rig) => rig.set("registry", "down"),
    mend: (rig) => rig.set("registry", "none"),
  },
  { name: "provisioner dies", limitS: 60, end: async (deployment) => deployment.abandon() },
];

/** Without a mirrored request for this long it has ended. Longer than a sync's pause, in which nothing may be told from an end. */
const QUIET_MS = 3_000;
const EVERY_MS = 100;

/** A table that is still counted may be 9 s old, and the last request 5 s late. */
const GIVE_UP_FACTOR = 2;

export const CONTROL_CELLS: readonly Cell[] = ENDINGS.map((ending) => ({
  name: `end of mirroring: ${ending.name}`,
  isLong: true,
  run: (trial) => measured(ending, trial),
}));

async function measured({ name, limitS, end, mend }: Ending, { rig, signal }: Trial): Promise<readonly Row[]> {
  const cell = `end of mirroring: ${name}`;
  const deployment = await deploy(rig);
  const to = { port: rig.ports.tee, host: deployment.host };
  const before = (await rig.counts()).asked;
  const began = async (): Promise<boolean> => (await rig.counts()).asked > before;
  const beginning = await until(began, to, { withinMs: 10_000, everyMs: EVERY_MS });
  await end(deployment, rig);
  const startedAt = performance.now();
  let asked = (await rig.counts()).asked;
  let lastAt = startedAt;
  const giveUpMs = limitS * 1_000 * GIVE_UP_FACTOR;
  // A mirrored request counts from when production's client sent it: what is under way may still arrive.
  while (performance.now() - startedAt < giveUpMs && !(performance.now() - lastAt > QUIET_MS && lastAt > startedAt)) {
    signal.throwIfAborted();
    const sentAt = performance.now();
    await exchange(small(), { ...to, id: `ending-${name}-${sentAt}` });
    await pause(EVERY_MS);
    const now = (await rig.counts()).asked;
    if (now > asked) lastAt = sentAt;
    asked = now;
  }
  await mend?.(rig);
  await deployment.close();
  const value = (lastAt - startedAt) / 1_000;
  const isRunning = Number.isFinite(beginning);
  const goal = `at most ${limitS} s`;
  if (!isRunning)
    return [row(cell, { promise: "last mirrored request", goal, measured: "it never began", isKept: false })];
  return [atMost(cell, "last mirrored request after it", { limit: limitS, value, unit: "s" })];
}
