/** The command's options. */
import { parseArgs } from "node:util";

export const HELP = `Usage: npm run chaos -- [options]

Breaks every part of Shadow Infra in turn (shadow, queue, database, registry, model, the tee's own code; each down, hanging,
slow and answering garbage) while clients send traffic through the tee, and compares what they get with what they get with
mirroring off. Then memory, breaker, endings, sampling, a killed tee, and the ledger of everything that was sent.
Linux only. Takes about 20 minutes, and wants the machine to itself.

  --quick        one run for each fault, no bodies over 1 MB, no long cells: about a minute, and proves less
  --only <text>  only the cells whose name contains it; repeatable
  --list         the names of the cells
  --kills        also kills the local start 100 times and looks for lost pairs (npm run chaos:kill)
  --json         the result as JSON on standard output
  --help         this text

Exit code: 0 every promise was kept, 1 one was broken, 2 wrong usage, 3 could not be run.
`;

export interface Options {
  readonly isQuick: boolean;
  readonly only: readonly string[];
  readonly isList: boolean;
  readonly withKills: boolean;
  readonly isJson: boolean;
}

/** The options, `help`, or what is wrong with them. */
export function readOptions(args: readonly string[]): Options | "help" | { readonly wrong: string } {
  const flag = { type: "boolean", default: false } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: flag,
        list: flag,
        kills: flag,
        json: flag,
        help: { ...flag, short: "h" },
        only: { type: "string", multiple: true, default: [] },
      },
    });
    if (values.help) return "help";
    const { quick, only, list, kills, json } = values;
    return { isQuick: quick, only, isList: list, withKills: kills, isJson: json };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}
