/** The command's options. */
import { parseArgs } from "node:util";

/** As many rounds as a 95 % interval of a median needs to be worth something. */
const ROUNDS = 20;
const QUICK_ROUNDS = 3;

export const HELP = `Usage: npm run bench:tee -- [options]

Measures what the tee costs: CPU per request and requests per second of the tee at 0, 1 and 100 % mirrored, with answers
of 1 KB and 50 KB, as multiples of a Worker that hands every request on. All kinds take turns in every round.
Linux only. Takes about 6 minutes, and wants the machine to itself.

  --rounds <n>  rounds to measure (default ${ROUNDS})
  --quick       ${QUICK_ROUNDS} rounds with fewer requests, to try it; its figures decide nothing
  --json        the result as JSON on standard output
  --help        this text

Exit code: 0 no goal is missed, 1 one is (its whole 95 % interval lies above it), 2 wrong usage, 3 could not be measured.
`;

export interface Options {
  readonly rounds: number;
  readonly quick: boolean;
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
    const { quick, json } = values;
    const rounds = Number(values.rounds ?? (quick ? QUICK_ROUNDS : ROUNDS));
    if (!Number.isInteger(rounds) || rounds < 1) return { wrong: "--rounds takes a whole number from 1." };
    return { rounds, quick, json };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}
