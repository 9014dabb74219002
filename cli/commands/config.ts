/** `shadow-infra config print|validate`: what the configuration says, and what is wrong with it. Reads the flags; the rest is in `cli/config/`. */
import { Command, Option } from "commander";
import { composeReport } from "../config/compose.ts";
import { type LoadedFile, loadFor, rootOf } from "../config/load.ts";
import { settingsOf } from "../config/settings.ts";
import { composeLines, problemLine, settingLines, valueLines } from "../config/words.ts";
import { EXIT } from "../exit.ts";

interface Flags {
  readonly config?: string;
  readonly base?: string;
  readonly format: "pretty" | "json";
  readonly compose?: string | boolean;
}

/** Of the JSON that both commands print. */
const SCHEMA_VERSION = 1;

export function configCommand(): Command {
  const command = new Command("config").description("Show or check the configuration of a repository.");
  const print = new Command("print")
    .description("The merged configuration, and where each value is from.")
    .action(act(printed));
  const validate = new Command("validate")
    .description("What is wrong with the configuration, with lines, and what would become of the compose file.")
    .option("--compose [file]", "the compose file has to be there; by default it is read where there is one")
    .option("--no-compose", "leave the compose file alone")
    .action(act(validated));
  for (const sub of [print, validate]) command.addCommand(withFlags(sub).copyInheritedSettings(command));
  return command.addHelpText("after", HELP);
}

function withFlags(command: Command): Command {
  return command
    .option("--config <file>", "the file; default: SHADOW_INFRA_CONFIG, or the one in this folder or its .github")
    .option(
      "--base <file|revision>",
      "as a pull request against that file or git revision: it counts for all that judges",
    )
    .addOption(new Option("--format <format>", "of standard output").choices(["pretty", "json"]).default("pretty"));
}

const HELP = `
Exit codes: 0 it is sound; 2 wrong usage, or something is wrong with it.
Examples:
  shadow-infra config print --base main
  shadow-infra config validate
  shadow-infra config validate --compose deploy/compose.yaml --format json`;

function act(run: (loaded: LoadedFile, flags: Flags) => Promise<number>): (flags: Flags) => Promise<void> {
  return async (flags) => {
    const loaded = loadFor(flags, process.env, process.cwd());
    if (typeof loaded === "string") {
      process.stderr.write(`${loaded}\n`);
      process.exitCode = EXIT.usage;
      return;
    }
    process.exitCode = await run(loaded, flags);
  };
}

async function printed(loaded: LoadedFile, { format, config }: Flags): Promise<number> {
  const settings = settingsOf(process.env, { "--config": config });
  if (format === "json") {
    const { file, base, values, problems, refused } = loaded;
    json({
      file,
      base,
      values: values.map(({ value = null, ...rest }) => ({ ...rest, value })),
      settings,
      problems,
      refused,
    });
  } else {
    lines(process.stdout, [...valueLines(loaded), "", ...settingLines(settings)]);
    lines(process.stderr, [...loaded.problems, ...loaded.refused].map(problemLine));
  }
  return loaded.problems.length === 0 ? EXIT.passed : EXIT.usage;
}

async function validated(loaded: LoadedFile, { format, compose: asked }: Flags): Promise<number> {
  const { problems, refused, config, file, base } = loaded;
  const path = typeof asked === "string" ? asked : undefined;
  const read =
    asked === false || problems.length > 0 ? null : await composeReport(rootOf(loaded, process.cwd()), config, path);
  // Nobody who did not ask for it has to have one.
  const compose = read?.kind === "missing" && asked === undefined && config.compose === undefined ? null : read;
  const isSound = problems.length === 0 && (compose === null || compose.kind === "read");
  if (format === "json") json({ valid: isSound, file, base, problems, refused, compose });
  else {
    lines(process.stderr, [...problems, ...refused].map(problemLine));
    lines(process.stdout, [
      ...(compose === null ? [] : composeLines(compose)),
      ...(isSound
        ? [file === null ? "There is no .shadow-infra.yml here; the defaults hold." : `${file} is valid.`]
        : []),
    ]);
  }
  return isSound ? EXIT.passed : EXIT.usage;
}

function json(value: object): void {
  process.stdout.write(`${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...value }, null, 2)}\n`);
}

function lines(stream: NodeJS.WriteStream, all: readonly string[]): void {
  if (all.length > 0) stream.write(`${all.join("\n")}\n`);
}
