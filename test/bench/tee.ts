/**
 * `npm run bench:tee`: what the tee costs beside a passthrough Worker. Reads the options, runs the rounds, prints.
 * Progress goes to standard error, the result alone to standard output.
 */
import { EXIT } from "../../cli/exit.ts";
import { pause } from "../servers/wait-for.ts";
import { CELLS, type Cell, MIRRORED, PASSTHROUGH } from "./cells.ts";
import { type Options, runCommand, say } from "./command.ts";
import { closeConnections } from "./load.ts";
import { type Measurement, measure } from "./measure.ts";
import { HELP, QUICK_ROUNDS, ROUNDS } from "./options.ts";
import { isMissed, keyOf, type Round, resultOf } from "./result.ts";
import { type Stand, startStand } from "./stand.ts";
import { table } from "./table.ts";

/** Requests per measurement: half a second to a second of CPU time each, because it is counted in steps of 10 ms. */
const LIGHT_REQUESTS = 1_500;
const FULL_REQUESTS = { 1_024: 300, 51_200: 80 } as const;
/** `--quick` sends a quarter. */
const QUICK_DIVISOR = 4;

/** Rounds that are not counted: code is compiled on the way. */
const WARM_ROUNDS = 1;

/** The kind whose pairs are settled in the tee; 1 in 100 of them is still sent. */
const SETTLED = "equal";
const SETTLED_QUEUED_SHARE = 0.1;
const SETTLING_MAX_MS = 40_000;
const SETTLING_PAUSE_MS = 1_000;

/** How often it is checked that whoever started this is still there. */
const PARENT_POLL_MS = 2_000;

process.exitCode = await runCommand(process.argv.slice(2), {
  help: HELP,
  rounds: ROUNDS,
  quickRounds: QUICK_ROUNDS,
  run: runOnLinux,
});

async function runOnLinux(options: Options, signal: AbortSignal): Promise<number> {
  if (process.platform !== "linux")
    throw new Error(
      "bench:tee reads CPU times from /proc, which only Linux has. Run it on Linux (a container will do).",
    );
  // npm that is ended by a signal does not pass it on.
  const parent = process.ppid;
  const following = setInterval(() => process.ppid === parent || process.kill(process.pid, "SIGTERM"), PARENT_POLL_MS);
  try {
    return await run(options, signal);
  } finally {
    clearInterval(following);
  }
}

async function run(options: Options, signal: AbortSignal): Promise<number> {
  const stand = await startStand(say, signal);
  try {
    const measured = settling(stand, signal).then(() => allRounds(stand, options, signal));
    const rounds = await Promise.race([stand.broken, measured]);
    const result = resultOf(rounds, stand.bundleSize);
    process.stdout.write(
      options.json ? `${JSON.stringify({ ...result, measurements: rounds }, null, 2)}\n` : table(result),
    );
    return isMissed(result) ? EXIT.failed : EXIT.passed;
  } finally {
    closeConnections();
    await stand.close();
  }
}

/** Until the registry knows that the first equal pairs have their rows: the others are settled in the tee, as measured here. */
async function settling(stand: Stand, signal: AbortSignal): Promise<void> {
  const cell = CELLS.find(({ kind }) => kind === SETTLED);
  const deadline = Date.now() + SETTLING_MAX_MS;
  if (cell === undefined) return;
  let queued = 1;
  while (queued > SETTLED_QUEUED_SHARE) {
    if (Date.now() > deadline) throw new Error("equal answers are still queued: they are not settled in the tee");
    await pause(SETTLING_PAUSE_MS);
    ({ queued } = await measure(stand, cell, { requests: 100, signal }));
  }
}

async function allRounds(stand: Stand, options: Options, signal: AbortSignal): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let at = -WARM_ROUNDS; at < options.rounds; at += 1) {
    say(at < 0 ? "Warming up" : `Round ${at + 1} of ${options.rounds}`);
    const round = await oneRound(stand, { start: at + WARM_ROUNDS, quick: options.quick, signal });
    if (at >= 0) rounds.push(round);
  }
  return rounds;
}

interface RoundOptions {
  /** The cell to begin with: each round another one, so that none always follows the same. */
  readonly start: number;
  readonly quick: boolean;
  readonly signal: AbortSignal;
}

async function oneRound(stand: Stand, { start, quick, signal }: RoundOptions): Promise<Round> {
  const measured: [string, Measurement][] = [];
  for (const at of CELLS.keys()) {
    const cell = CELLS[(start + at) % CELLS.length];
    if (cell === undefined) continue;
    const requests = Math.round(requestsOf(cell) / (quick ? QUICK_DIVISOR : 1));
    const measurement = await measure(stand, cell, { requests, signal });
    refuseUnmirrored(cell, measurement);
    measured.push([keyOf(cell), measurement]);
  }
  return Object.fromEntries(measured);
}

function requestsOf(cell: Cell): number {
  return rateOf(cell) === 1 ? FULL_REQUESTS[cell.size] : LIGHT_REQUESTS;
}

/** A cell at full rate whose requests were mostly not mirrored would show the tee as cheaper than it is. */
function refuseUnmirrored(cell: Cell, { mirrored }: Measurement): void {
  const wanted = rateOf(cell);
  const isWrong = wanted === 1 ? mirrored < 0.9 : mirrored > wanted * 5;
  if (isWrong)
    throw new Error(`${keyOf(cell)}: ${(mirrored * 100).toFixed(1)} % mirrored instead of ${wanted * 100} %`);
}

function rateOf({ kind }: Cell): number {
  return kind === PASSTHROUGH ? 0 : (MIRRORED.find((mirrored) => mirrored.kind === kind)?.rate ?? 0);
}
