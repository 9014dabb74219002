/** What `compare` and `replay` have in common: the flags about judging and writing down, one run of it, and its exit code. */
import { type Command, Option } from "commander";
import { type LoadedConfig, loadConfig } from "../../infra/local/settings/project-config.ts";
import { compareAll } from "../compare/compare.ts";
import { FORMATS, type FormatName, groups, onStandardOutput, openOutputs } from "../compare/outputs.ts";
import type { FailOn, Format, Report } from "../compare/report.ts";
import type { Source } from "../compare/source.ts";
import { createProgress, isWriteFailure } from "../compare/streams.ts";
import { summaryLines } from "../compare/summary.ts";
import { EXIT } from "../exit.ts";
import { type FileOutput, outputOption } from "../output-option.ts";

/** As the flags were given. */
export interface JudgingOptions {
  readonly format: FormatName;
  readonly output: readonly FileOutput<FormatName>[];
  readonly failOn?: "critical" | "warning";
  readonly config?: LoadedConfig;
}

/** Adds the flags that both commands have. */
export function withJudgingOptions(command: Command): Command {
  return command
    .addOption(new Option("--format <format>", "of standard output").choices(FORMATS).default("jsonl"))
    .addOption(outputOption(FORMATS, "junit=drifts.xml"))
    .option(
      "--config <file>",
      "the repository's .shadow-infra.yml: what to ignore, list keys, routes, OpenAPI",
      loadConfig,
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when a pair is at least this bad").choices([
        "critical",
        "warning",
      ]),
    );
}

/** Tells what is wrong with the configuration, or what of it means nothing; false where it cannot be used. */
export function configIsSound({ config }: JudgingOptions): boolean {
  if (config === undefined) return true;
  for (const line of config.ok ? config.warnings : config.problems) process.stderr.write(`${line}\n`);
  return config.ok;
}

/** What is judged, and from where; `name` is for messages. */
export interface Judging {
  readonly name: string;
  /** Called with whether it is read twice. */
  readonly open: (twice: boolean) => Source | Promise<Source>;
  readonly learn: boolean;
  /** What is written in place of the formats that were asked for. */
  readonly instead?: Format;
}

/** Judges, writes every output and prints the summary. Null when the input could not be read, or an output not be written. */
export async function judgeAll(
  { name, open, learn: asked, instead }: Judging,
  options: JudgingOptions,
): Promise<Report | null> {
  const choices = instead === undefined ? [{ format: options.format }, ...options.output] : [];
  const group = groups(choices);
  const learn = asked || group;
  const { malformed, show, clear } = createProgress();
  const settings = options.config?.ok === true ? options.config.settings : undefined;
  try {
    const source = await open(learn);
    const outputs = instead === undefined ? await openOutputs(choices, severityOf(options)) : onStandardOutput(instead);
    const report = await compareAll({ source, settings, learn, group, outputs, malformed, show });
    clear();
    const slow = report.slow.map(({ route, severity, reason }) => `  ${route}: ${severity}, ${reason}`);
    process.stderr.write(`${[...summaryLines(report.summary), ...slow].join("\n")}\n`);
    return report;
  } catch (error) {
    clear();
    process.stderr.write(`${faultOf(error, name)}\n`);
    return null;
  }
}

/** Throws what is no matter of files: a bug. */
function faultOf(error: unknown, name: string): string {
  if (isWriteFailure(error)) return error.message;
  if (!isReadError(error)) throw error;
  return `Cannot read ${name}: ${error.message}. Nothing can be said about what was not read.`;
}

/** Of the file system. */
export function isReadError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function severityOf({ failOn }: JudgingOptions): FailOn {
  return failOn === "warning" ? "Warning" : "Critical";
}

/**
 * A gate that says no is surer than lines that could not be read, so it comes first. A route that became slower counts as a
 * pair would.
 */
export function exitCodeOf(
  { summary, slow }: Pick<Report, "summary" | "slow">,
  { failOn }: Pick<JudgingOptions, "failOn">,
): number {
  const { judged, malformed, verdicts } = summary;
  const bad = (severity: FailOn): number =>
    verdicts[severity] + slow.filter((route) => route.severity === severity).length;
  if (failOn !== undefined && bad("Critical") + (failOn === "warning" ? bad("Warning") : 0) > 0) return EXIT.failed;
  return malformed > 0 || judged === 0 ? EXIT.undecided : EXIT.passed;
}
