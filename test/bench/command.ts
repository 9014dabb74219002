/**
 * What the benchmarks' commands have in common: options, help, exit codes, an orderly end.
 * Progress goes to standard error, the result alone to standard output.
 */
import { parseArgs } from "node:util";
import { EXIT } from "../../cli/exit.ts";
import { onInterrupt } from "../../infra/local/interrupt.ts";

export interface Options {
  readonly rounds: number;
  readonly quick: boolean;
  readonly json: boolean;
}

export interface Command {
  readonly help: string;
  /** Measured where nothing is said, and with `--quick`. */
  readonly rounds: number;
  readonly quickRounds: number;
  /** Resolves with the exit code; what it throws means that nothing could be measured. */
  run(options: Options, signal: AbortSignal): Promise<number>;
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The exit code. */
export async function runCommand(args: readonly string[], command: Command): Promise<number> {
  const options = readOptions(args, command);
  if (options === "help") {
    process.stdout.write(command.help);
    return EXIT.passed;
  }
  if ("wrong" in options) {
    say(`${options.wrong}\n\n${command.help}`);
    return EXIT.usage;
  }
  const interrupt = onInterrupt();
  try {
    return await command.run(options, interrupt.signal);
  } catch (error) {
    if (interrupt.signal.aborted) return EXIT.interrupted;
    say(error instanceof Error ? error.message : String(error));
    return EXIT.undecided;
  } finally {
    interrupt.off();
  }
}

/** The options, `help`, or what is wrong with them. */
export function readOptions(
  args: readonly string[],
  defaults: Pick<Command, "rounds" | "quickRounds">,
): Options | "help" | { readonly wrong: string } {
  const flag = { type: "boolean", default: false } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { rounds: { type: "string" }, quick: flag, json: flag, help: { ...flag, short: "h" } },
    });
    if (values.help) return "help";
    const { quick, json } = values;
    const rounds = Number(values.rounds ?? (quick ? defaults.quickRounds : defaults.rounds));
    if (!Number.isInteger(rounds) || rounds < 1) return { wrong: "--rounds takes a whole number from 1." };
    return { rounds, quick, json };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}
