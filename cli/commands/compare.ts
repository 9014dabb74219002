/** `shadow-infra compare <file|->`: judges recorded pairs offline. */
import { Command, Option } from "commander";
import { compareLines } from "../compare/run.ts";
import { createOutput, leaveQuietlyOnClosedPipe, openInput } from "../compare/streams.ts";
import { type Summary, summaryLines } from "../compare/summary.ts";
import { EXIT } from "../exit.ts";

interface Options {
  readonly failOn?: "critical" | "warning";
}

export function compareCommand(): Command {
  return new Command("compare")
    .description(
      "Judge recorded pairs offline: one JSON line per pair on standard output, a summary on standard error.",
    )
    .argument("<file>", "recorded pairs, one JSON object per line; - reads standard input")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when a pair is at least this bad").choices([
        "critical",
        "warning",
      ]),
    )
    .addHelpText(
      "after",
      "\nExit codes: 0 all pairs were judged, whatever the verdicts; 1 --fail-on says no; 2 wrong usage;\n" +
        "3 a line was malformed, the file could not be read, or nothing could be judged.",
    )
    .action(async (file: string, options: Options) => {
      process.exitCode = await compare(file, options);
    });
}

async function compare(file: string, options: Options): Promise<number> {
  leaveQuietlyOnClosedPipe(EXIT.passed);
  const summary = await judgeFile(file);
  if (summary === null) return EXIT.undecided;
  if (process.stderr.isTTY) process.stderr.write("\r");
  process.stderr.write(`${summaryLines(summary).join("\n")}\n`);
  return exitCodeOf(summary, options);
}

/** Null when the input could not be read. */
async function judgeFile(file: string): Promise<Summary | null> {
  try {
    return await compareLines(openInput(file), createOutput());
  } catch (error) {
    if (!isReadError(error)) throw error;
    process.stderr.write(`Cannot read ${file}: ${error.message}. Nothing can be said about what was not read.\n`);
    return null;
  }
}

function isReadError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/** A gate that says no is surer than lines that could not be read, so it comes first. */
export function exitCodeOf({ judged, malformed, verdicts }: Summary, { failOn }: Options): number {
  const bad = verdicts.Critical + (failOn === "warning" ? verdicts.Warning : 0);
  if (failOn !== undefined && bad > 0) return EXIT.failed;
  return malformed > 0 || judged === 0 ? EXIT.undecided : EXIT.passed;
}
