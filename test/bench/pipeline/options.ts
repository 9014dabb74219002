/** The command's options. */
import { parseArgs } from "node:util";

/** Enough for a 95 % interval of a median to be worth something. */
const ROUNDS = 10;
const QUICK_ROUNDS = 3;

export const HELP = `Usage: npm run bench:pipeline -- [options]

Measures the consumer in workerd with D1: its graph run once for a batch against once for each pair, and pairs per second from
the queue to their rows. All kinds take turns in every round. Takes about 5 minutes, and wants the machine to itself.

  --rounds <n>  rounds to measure (default ${ROUNDS})
  --quick       ${QUICK_ROUNDS} rounds, to try it; their figures decide nothing
  --json        the result as JSON on standard output
  --help        this text

Exit code: 0 the goal is not missed, 1 it is (the whole 95 % interval lies below it), 2 wrong usage, 3 could not be measured.
`;

export interface Options {
  readonly rounds: number;
  readonly json: boolean;
}

/** The options, `help`, or what is wrong with them. */
export function readOptions(args: readonly string[]): Options | "help" | { readonly wrong: string } {
  const flag = { type: "boolean", default: false } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { rounds: { type: "string" }, quick: flag, json: flag, help: { ...flag, short: "h" } },
    });
    if (values.help) return "help";
    const rounds = Number(values.rounds ?? (values.quick ? QUICK_ROUNDS : ROUNDS));
    if (!Number.isInteger(rounds) || rounds < 1) return { wrong: "--rounds takes a whole number from 1." };
    return { rounds, json: values.json };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}
