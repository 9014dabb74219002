/** `shadow-infra governance`: judges a change by the repository's rules. Reads the flags; the steps are in `cli/governance/`. */
import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { leaveQuietlyOnClosedPipe } from "../compare/streams.ts";
import { EXIT } from "../exit.ts";
import { GitError } from "../governance/git.ts";
import { FORMATS, type FormatName, formatted, writeAll } from "../governance/outputs.ts";
import { createGovernanceProgress } from "../governance/progress.ts";
import { runGovernance, type Wanted } from "../governance/run.ts";
import { type FileOutput, outputOption } from "../output-option.ts";

interface Flags {
  readonly base?: string;
  readonly head?: string;
  readonly all?: boolean;
  readonly staged?: boolean;
  readonly messageFile?: string;
  readonly rules?: string;
  readonly only?: readonly string[];
  readonly requireResults?: boolean;
  readonly format: FormatName;
  readonly output: readonly FileOutput<FormatName>[];
}

export function governanceCommand(): Command {
  return new Command("governance")
    .description("Judge a change by the rules of its repository: imports, schemas, secrets, owners, budgets, commits.")
    .option(
      "--base <ref>",
      "what the change is held against; default: the base of the CI job, or origin's default branch",
    )
    .option("--head <ref>", "the last commit of the change; default: HEAD")
    .addOption(new Option("--all", "every tracked file, not a change").conflicts(["base", "staged"]))
    .addOption(new Option("--staged", "what the next commit will hold").conflicts(["base", "head", "all"]))
    .option("--message-file <file>", "with --staged: the next commit's message, as a commit-msg hook gets it")
    .option("--rules <file>", "default: .shadow-infra/governance.json, or .github/ALEX_RULES.json")
    .option("--only <rule>", "the id of a rule; may be repeated", collectId)
    .option("--require-results", "rules on performance need the results of a probe: without them, exit 3")
    .addOption(new Option("--format <format>", "of standard output").choices([...FORMATS]).default("pretty"))
    .addOption(outputOption(FORMATS, "sarif=governance.sarif"))
    .addHelpText("after", HELP)
    .action(async (flags: Flags) => {
      process.exitCode = await governance(flags);
    });
}

const HELP = `
Exit codes: 0 no rule that blocks is broken; 1 one is; 2 wrong usage, or rules that are missing or cannot be read;
3 a rule that blocks could not be judged, the clone is shallow, or an output could not be written.
Examples:
  shadow-infra governance
  shadow-infra governance --base origin/main --format github --output sarif=governance.sarif
  shadow-infra governance --staged
  shadow-infra governance --all --only 8`;

function collectId(id: string, before?: readonly string[]): readonly string[] {
  return [...(before ?? []), id];
}

async function governance(flags: Flags): Promise<number> {
  leaveQuietlyOnClosedPipe(EXIT.passed);
  const wanted = wantedOf(flags);
  if (typeof wanted === "string") return refuse(wanted, EXIT.usage);
  const progress = createGovernanceProgress({
    isTerminal: process.stderr.isTTY,
    write: (text) => process.stderr.write(text),
    now: () => performance.now(),
  });
  try {
    const machine = { folder: process.cwd(), env: process.env, now: new Date(), progress };
    const result = await runGovernance(wanted, machine).finally(progress.clear);
    if ("problem" in result) return refuse(result.problem, EXIT[result.kind]);
    const failure = writeAll(result, flags.output);
    process.stdout.write(formatted(result, flags.format, process.stdout.isTTY && process.env.NO_COLOR === undefined));
    return failure === null ? result.exitCode : refuse(failure, EXIT.undecided);
  } catch (error) {
    if (error instanceof GitError) return refuse(`Git could not say what changed: ${error.message}`, EXIT.undecided);
    throw error;
  }
}

function wantedOf({ base, head, all, staged, messageFile, rules, only, requireResults }: Flags): Wanted | string {
  const message = messageFile === undefined ? null : textOf(messageFile);
  if (messageFile !== undefined && staged !== true)
    return "--message-file is the next commit's: it goes with --staged.";
  if (messageFile !== undefined && message === null) return `--message-file ${messageFile} cannot be read.`;
  return {
    scope: staged === true ? "staged" : all === true ? "all" : "change",
    base,
    head,
    rules,
    only: only ?? [],
    requiresResults: requireResults === true,
    message: message === null ? null : withoutComments(message),
  };
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** As git will: what `git commit --verbose` shows below the scissors, and lines that begin with #. */
function withoutComments(message: string): string {
  const [own = ""] = message.split(/^# -+ >8 -+$/m);
  return own
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n")
    .trim();
}

function refuse(words: string, code: number): number {
  process.stderr.write(`${words}\n`);
  return code;
}
