/** `shadow-infra compare <file|->`: judges recorded pairs offline. Reads the flags and prints; the steps are in `cli/compare/`. */
import { Command, InvalidArgumentError, Option } from "commander";
import { compareAll } from "../compare/compare.ts";
import { FORMATS, type FormatName, groups, type OutputChoice, openOutputs, readOutput } from "../compare/outputs.ts";
import type { FailOn } from "../compare/report.ts";
import { oneReading, severalReadings } from "../compare/source.ts";
import { createProgress, isWriteFailure, leaveQuietlyOnClosedPipe } from "../compare/streams.ts";
import { type Summary, summaryLines } from "../compare/summary.ts";
import { EXIT } from "../exit.ts";

interface Options {
  readonly failOn?: "critical" | "warning";
  readonly format: FormatName;
  readonly output: readonly OutputChoice[];
  readonly learn?: boolean;
}

export function compareCommand(): Command {
  return new Command("compare")
    .description(
      "Judge recorded pairs offline: one JSON line per pair on standard output, a summary on standard error.",
    )
    .argument("<file>", "recorded pairs, one JSON object per line; - reads standard input")
    .addOption(new Option("--format <format>", "of standard output").choices(FORMATS).default("jsonl"))
    .addOption(outputOption())
    .option(
      "--learn",
      "read everything once to learn what is noise, then judge; the other formats than jsonl always do",
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when a pair is at least this bad").choices([
        "critical",
        "warning",
      ]),
    )
    .addHelpText("after", HELP)
    .action(async (file: string, options: Options) => {
      process.exitCode = await compare(file, options);
    });
}

const HELP = `
Exit codes: 0 all pairs were judged, whatever the verdicts; 1 --fail-on says no; 2 wrong usage;
3 a line was malformed, a file could not be read or written, or nothing could be judged.
Examples:
  shadow-infra compare pairs.jsonl
  shadow-infra compare pairs.jsonl --format markdown --fail-on critical
  shadow-infra compare - --learn --output json=drifts.json --output junit=drifts.xml < pairs.jsonl`;

/** `--output`, which this command and `replay` have. */
export function outputOption(): Option {
  return new Option("--output <format=path>", `write a file as well, may be repeated: ${FORMATS.join(", ")}`)
    .default([], "none")
    .argParser((text: string, before: readonly OutputChoice[]) => {
      const output = readOutput(text);
      if (output === null)
        throw new InvalidArgumentError(
          `Expected format=path with one of ${FORMATS.join(", ")}, such as junit=drifts.xml.`,
        );
      return [...before, output];
    });
}

async function compare(file: string, options: Options): Promise<number> {
  leaveQuietlyOnClosedPipe(EXIT.passed);
  const summary = await judgeFile(file, options);
  if (summary === null) return EXIT.undecided;
  process.stderr.write(`${summaryLines(summary).join("\n")}\n`);
  return exitCodeOf(summary, options);
}

/** Null when the input could not be read, or an output not be written. */
async function judgeFile(file: string, { format, output, learn: asked, failOn }: Options): Promise<Summary | null> {
  const choices = [{ format }, ...output];
  const group = groups(choices);
  const learn = asked === true || group;
  const { malformed, show, clear } = createProgress();
  try {
    const source = learn ? await severalReadings(file) : oneReading(file);
    const outputs = await openOutputs(choices, severityOf(failOn));
    const { summary } = await compareAll({ source, learn, group, outputs, malformed, show });
    return summary;
  } catch (error) {
    if (isWriteFailure(error)) process.stderr.write(`${error.message}\n`);
    else if (isReadError(error))
      process.stderr.write(`Cannot read ${file}: ${error.message}. Nothing can be said about what was not read.\n`);
    else throw error;
    return null;
  } finally {
    clear();
  }
}

function severityOf(failOn: Options["failOn"]): FailOn {
  return failOn === "warning" ? "Warning" : "Critical";
}

function isReadError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/** A gate that says no is surer than lines that could not be read, so it comes first. */
export function exitCodeOf({ judged, malformed, verdicts }: Summary, { failOn }: Pick<Options, "failOn">): number {
  const bad = verdicts.Critical + (failOn === "warning" ? verdicts.Warning : 0);
  if (failOn !== undefined && bad > 0) return EXIT.failed;
  return malformed > 0 || judged === 0 ? EXIT.undecided : EXIT.passed;
}
