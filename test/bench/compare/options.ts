/** The command's options. */
import { parseArgs } from "node:util";

const ROUNDS = 20;
const QUICK_ROUNDS = 5;

export const HELP = `Usage: npm run bench:compare -- [options]

Measures what comparing two answers costs: equal and unequal pairs of 50 KB, one insertion and a shuffle in a list of 1 MB,
the worst bodies of 256 KB, beside JSON.parse and beside other libraries. All cases take turns in every round; CPU time counts.

  --rounds <n>  rounds to measure (default ${ROUNDS})
  --quick       ${QUICK_ROUNDS} rounds, to try it; its figures decide nothing
  --json        the result as JSON on standard output
  --help        this text

Exit code: 0 no goal is missed, 1 one is (its whole 95 % interval lies above it), 2 wrong usage.
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
