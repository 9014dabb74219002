/**
 * `npm run bench:pipeline`: what the consumer's graph saves by running once for a batch, and pairs per second end to end.
 * Progress goes to standard error, the result alone to standard output.
 */
import { EXIT } from "../../../cli/exit.ts";
import { type Options, runCommand, say } from "../command.ts";
import { HELP, QUICK_ROUNDS, ROUNDS } from "./options.ts";
import { BATCHES, type BatchTimes, FLOWS, isMissed, type Round, resultOf } from "./result.ts";
import { startFlow, startGraph } from "./stand.ts";
import { table } from "./table.ts";

/** Rounds that are not counted: code is compiled on the way. */
const WARM_ROUNDS = 1;

const command = { help: HELP, rounds: ROUNDS, quickRounds: QUICK_ROUNDS, run };
process.exitCode = await runCommand(process.argv.slice(2), command);

async function run({ rounds, json }: Options, signal: AbortSignal): Promise<number> {
  const batches = await measured("The graph", { rounds, signal, kinds: BATCHES, start: startGraph });
  const flows = await measured("From queue to rows", { rounds, signal, kinds: FLOWS, start: startFlow });
  const all = Array.from(
    { length: rounds },
    (_, at): Round => ({ batches: batches[at] ?? [], flows: flows[at] ?? [] }),
  );
  const result = resultOf(all);
  process.stdout.write(json ? `${JSON.stringify({ ...result, measurements: all }, null, 2)}\n` : table(result));
  return isMissed(result) ? EXIT.failed : EXIT.passed;
}

interface Measuring<Kind, Value extends BatchTimes | number> {
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly kinds: readonly Kind[];
  readonly start: () => Promise<{ measure(kind: Kind): Promise<Value>; close(): Promise<void> }>;
}

/** One value for each kind and round, in the order of the kinds; every round measures each kind once. */
async function measured<Kind, Value extends BatchTimes | number>(
  title: string,
  { rounds, signal, kinds, start }: Measuring<Kind, Value>,
): Promise<readonly (readonly Value[])[]> {
  say(`${title}: starting`);
  const stand = await start();
  try {
    const all: Value[][] = [];
    for (let at = -WARM_ROUNDS; at < rounds; at += 1) {
      say(at < 0 ? `${title}: warming up` : `${title}: round ${at + 1} of ${rounds}`);
      const round: Value[] = [];
      for (const kind of kinds) {
        signal.throwIfAborted();
        round.push(await stand.measure(kind));
      }
      if (at >= 0) all.push(round);
    }
    return all;
  } finally {
    await stand.close();
  }
}
