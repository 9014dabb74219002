/** `shadow-infra compare <file|->`: judges recorded pairs offline. Reads the flags; the steps are in `cli/compare/`. */
import { Command } from "commander";
import { explanation } from "../compare/formats/explanation.ts";
import { oneReading, severalReadings } from "../compare/source.ts";
import { leaveQuietlyOnClosedPipe } from "../compare/streams.ts";
import { EXIT } from "../exit.ts";
import {
  configIsSound,
  exitCodeOf,
  type Judging,
  type JudgingOptions,
  judgeAll,
  withJudgingOptions,
} from "./judging.ts";

interface Options extends JudgingOptions {
  readonly learn?: boolean;
  readonly explain?: string;
}

export function compareCommand(): Command {
  const command = new Command("compare")
    .description(
      "Judge recorded pairs offline: one JSON line per pair on standard output, a summary on standard error.",
    )
    .argument("<file>", "recorded pairs, one JSON object per line; - reads standard input")
    .option("--learn", "read everything once to learn what is noise, then judge; formats other than jsonl always do");
  command.option("--explain <id>", "tell every step of one pair instead; with --format json as JSON");
  return withJudgingOptions(command)
    .addHelpText("after", HELP)
    .action(async (file: string, options: Options) => {
      process.exitCode = await compare(file, options);
    });
}

const HELP = `
Exit codes: 0 all pairs were judged, whatever the verdicts; 1 --fail-on says no; 2 wrong usage or configuration;
3 a line was malformed, a file could not be read or written, or nothing could be judged.
Examples:
  shadow-infra compare pairs.jsonl
  shadow-infra compare pairs.jsonl --format markdown --fail-on critical
  shadow-infra compare pairs.jsonl --learn --explain request-000017
  shadow-infra compare - --learn --output json=drifts.json --output junit=drifts.xml < pairs.jsonl`;

async function compare(file: string, options: Options): Promise<number> {
  leaveQuietlyOnClosedPipe(EXIT.passed);
  if (!configIsSound(options)) return EXIT.usage;
  const open = (twice: boolean) => (twice ? severalReadings(file) : oneReading(file));
  const judging = { name: file, open, learn: options.learn === true };
  const { explain: id } = options;
  if (id !== undefined) return explainOne(judging, options, id);
  const report = await judgeAll(judging, options);
  return report === null ? EXIT.undecided : exitCodeOf(report, options);
}

async function explainOne(judging: Judging, options: Options, id: string): Promise<number> {
  const instead = explanation(id, options.format === "json");
  const report = await judgeAll({ ...judging, instead }, options);
  if (report === null) return EXIT.undecided;
  if (instead.found() > 0) return EXIT.passed;
  process.stderr.write(`No pair of ${judging.name} has the id ${id}.\n`);
  return EXIT.undecided;
}
