/** `shadow-infra budgets suggest`: new budgets out of what the probe measured. Reads the flags; the steps are in `cli/budgets/`. */
import { Command, InvalidArgumentError, Option } from "commander";
import { proposalsFor } from "../../core/budgets/plan.ts";
import { DEFAULT_HEADROOM } from "../../core/budgets/suggest.ts";
import { MAX_TREND_RUNS } from "../../core/wire/api/trends.ts";
import type { Failure } from "../budgets/failure.ts";
import { wrongUsage } from "../budgets/failure.ts";
import { changesOf, readTargets, writeChanges } from "../budgets/files.ts";
import {
  diffText,
  jsonText,
  prettyText,
  SUGGEST_FORMATS,
  type SuggestFormat,
  type Suggestions,
} from "../budgets/formats.ts";
import { readHistory } from "../budgets/history.ts";
import { tooLittle } from "../budgets/words.ts";
import { EXIT } from "../exit.ts";

/** More is no budget. */
const MAX_HEADROOM = 10;
const DEFAULT_RUNS = 50;

interface Options {
  readonly from?: URL;
  readonly service?: string;
  readonly repository?: string;
  readonly branch?: string;
  readonly runs: number;
  readonly headroom: number;
  readonly allowRaise?: boolean;
  readonly file: readonly string[];
  readonly write?: boolean;
  readonly format: SuggestFormat;
}

export function budgetsCommand(): Command {
  const command = new Command("budgets").description("Budgets of what shadow-infra probe measures.");
  const suggest = new Command("suggest")
    .description("Propose new budgets from the history of runs, as a change to review.")
    .argument("[results...]", "results files of shadow-infra probe; not with --from")
    .option("--from <url>", "read the history from this report API; SHADOW_INFRA_SERVICE_TOKEN lets in", urlOf)
    .option("--service <name>", "only runs of this service")
    .option("--repository <name>", "only runs of this repository, as owner/name")
    .option("--branch <name>", "only runs of this branch; default: the default branch, of files all but pull requests")
    .option("--runs <n>", `newest runs that count, 1 to ${MAX_TREND_RUNS}`, runsOf, DEFAULT_RUNS)
    .option("--headroom <factor>", "budget through highest value, over 1", headroomOf, DEFAULT_HEADROOM)
    .option("--allow-raise", "also propose higher budgets than now; governance then asks for an approval")
    .option("--file <path>", "a file that says budgets, repeatable; default: the usual ones of this folder", add, [])
    .option("--write", "change the files in place")
    .addOption(new Option("--format <format>", "of standard output").choices(SUGGEST_FORMATS).default("pretty"))
    .addHelpText("after", HELP)
    .action(async (results: readonly string[], options: Options) => {
      process.exitCode = await suggested(results, options);
    });
  return command.addCommand(suggest.copyInheritedSettings(command));
}

const HELP = `
Exit codes: 0 it was proposed, also that nothing changes; 2 wrong usage, or a file that cannot be read;
3 too little history (10 runs of each endpoint are needed), or it cannot be reached.
Examples:
  shadow-infra budgets suggest --from http://localhost:8001 --service shop
  shadow-infra budgets suggest artifacts/*/shadow-probe-results.json --format diff
  shadow-infra budgets suggest --from http://localhost:8001 --headroom 1.5 --write`;

async function suggested(results: readonly string[], options: Options): Promise<number> {
  const made = await suggestions(results, options);
  if ("message" in made) {
    process.stderr.write(`${made.message}\n`);
    return made.exit;
  }
  if (options.format === "diff") {
    process.stdout.write(diffText(made.changes));
    process.stderr.write(prettyText(made));
  } else process.stdout.write(options.format === "json" ? jsonText(made) : prettyText(made));
  return EXIT.passed;
}

async function suggestions(results: readonly string[], options: Options): Promise<Suggestions | Failure> {
  if ((options.from === undefined) === (results.length === 0))
    return wrongUsage("Say where the history is: either --from with the report API's address, or results files.");
  const folder = process.cwd();
  const files = readTargets(options.file, folder);
  if ("message" in files) return files;
  const token = process.env.SHADOW_INFRA_SERVICE_TOKEN;
  const history = await readHistory({ ...options, files: results, token });
  if ("message" in history) return history;
  const { headroom, allowRaise = false, write = false } = options;
  const proposals = proposalsFor(files, history.figures, { headroom, allowRaise });
  if (proposals.every(({ outcome }) => outcome === "too-few-runs"))
    return { message: tooLittle(proposals, history.source), exit: EXIT.undecided };
  const changes = changesOf(files, proposals);
  if ("message" in changes) return changes;
  if (write && files.length === 0)
    return wrongUsage(
      "There is no file to write budgets to: make a .shadow-infra.yml or .shadow-infra/probe.json, or name one with --file.",
    );
  const failure = write ? writeChanges(changes, folder) : null;
  return failure ?? { source: history.source, headroom, proposals, changes, written: write && changes.length > 0 };
}

function urlOf(text: string): URL {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError("Write an address such as http://localhost:8001.");
  return new URL(text);
}

function runsOf(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MAX_TREND_RUNS) return value;
  throw new InvalidArgumentError(`Write a whole number from 1 to ${MAX_TREND_RUNS}.`);
}

function headroomOf(text: string): number {
  const value = Number(text);
  if (value > 1 && value <= MAX_HEADROOM) return value;
  throw new InvalidArgumentError(`Write a factor over 1, at most ${MAX_HEADROOM}, such as 1.2.`);
}

function add(path: string, before: readonly string[]): readonly string[] {
  return [...before, path];
}
