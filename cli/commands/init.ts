/** `shadow-infra init ci`: a workflow, rules and a probe for somebody's own repository. Reads flags and prints; the rest is in `cli/init/`. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import { PRESET_NAMES, PRESETS, type PresetName } from "../../core/probe/presets.ts";
import { EXIT } from "../exit.ts";
import { filesOf, healthPathOf, type InitChoices } from "../init/files.ts";
import { nodeApplication } from "../init/node.ts";
import { pythonApplication } from "../init/python.ts";
import { gitHubNameOf, repositoryAt, rootAround } from "../init/repository.ts";
import { type Application, type Repository, STACKS, type StackName } from "../init/stack.ts";
import { type Written, writeAll } from "../init/write.ts";

interface Flags {
  readonly stack?: StackName;
  readonly paths: readonly string[];
  readonly preset?: PresetName;
  readonly baseUrl?: string;
  readonly start?: string;
  readonly action?: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

export function initCommand(): Command {
  const ci = new Command("ci")
    .description(
      "Write a workflow, governance rules and a probe for this repository. Nothing is asked, nothing is lost.",
    )
    .addOption(new Option("--stack <name>", "default: what the files say").choices(STACKS))
    .option("--paths <globs...>", "what the jobs are about, ! takes out", ["**", "!docs/**", "!*.md"])
    .addOption(new Option("--preset <name>", "default: whose paths the source names").choices(PRESET_NAMES))
    .option("--base-url <url>", "where the service answers once it is started; default: the port it names")
    .option("--start <command>", "what starts it; default: what the files say")
    .option("--action <owner/repository@ref>", "where the action is; default: where this copy came from")
    .option("--dry-run", "say what would be written, and write nothing")
    .option("--force", "replace files that say something else")
    .action((flags: Flags) => {
      process.exitCode = init(flags);
    });
  const command = new Command("init").description("Set up Shadow Infra in a repository of yours.").addCommand(ci);
  return command.addHelpText("afterAll", HELP);
}

const HELP = `
Exit codes: 0 everything is in place; 1 a file says something else and was kept (--force replaces it); 2 wrong usage.
Examples:
  shadow-infra init ci --dry-run
  shadow-infra init ci --stack python --paths 'service/**' --preset chainiq
  shadow-infra init ci --start "node server.js" --base-url http://localhost:3000`;

const NO_PORT =
  "Nothing says on which port the service answers, so the preset's is written. Where that is another: --base-url http://localhost:PORT --force.";
const NO_PRESET =
  "No source names the endpoints of a preset, so those of shadow-infra are probed. Write yours as `endpoints` into .shadow-infra/probe.json, in place of `preset` (docs/probe.md of Shadow Infra).";

/** Where the action is when nobody knows: GitHub refuses it, with this name in its message. */
const UNKNOWN_ACTION = "OWNER/shadow-infra@main";
const OWN_FOLDER = fileURLToPath(new URL("../../", import.meta.url));

function init(flags: Flags): number {
  const root = rootAround(process.cwd());
  if (root === null) return refuse("This is no git repository. Run it in a checkout of yours (`git init` makes one).");
  const repository = repositoryAt(root);
  const application = applicationOf(repository, flags.stack);
  if (application === null)
    return refuse(
      "Neither a package.json nor requirements.txt, pyproject.toml or a .py file was found. Run it in the repository of the service.",
    );
  const choices = choicesOf(repository, application, flags);
  if (typeof choices === "string") return refuse(choices);
  const { dryRun = false, force = false } = flags;
  const written = writeAll(filesOf(choices), { root, force, dryRun });
  report(written, dryRun);
  console.log(nextSteps(choices, guessesOf(repository, choices, flags)).join("\n"));
  return written.some(({ state }) => state === "kept") ? EXIT.failed : EXIT.passed;
}

function refuse(words: string): number {
  console.error(words);
  return EXIT.usage;
}

function applicationOf(repository: Repository, stack: StackName | undefined): Application | null {
  const node = stack === "python" ? null : nodeApplication(repository);
  const python = stack === "node" ? null : pythonApplication(repository);
  if (node === null || python === null) return node ?? python;
  // A package file for tools beside a Python service is usual; the other way round is not.
  return python.start !== null && node.start === null ? python : node;
}

function choicesOf(repository: Repository, application: Application, flags: Flags): InitChoices | string {
  const start = flags.start ?? application.start;
  if (start === null)
    return `Nothing says how the service starts (looked for a Procfile, a start script, FastAPI, Flask, Django, http.server in ${application.folder}). Say it: --start "command".`;
  const preset = flags.preset ?? presetNamedIn(repository) ?? "shadow-infra";
  const { baseUrl: usual } = PRESETS[preset];
  const baseUrl = flags.baseUrl ?? (application.port === null ? usual : `http://127.0.0.1:${application.port}`);
  if (!URL.canParse(baseUrl)) return `${baseUrl} is no address. Write one such as http://localhost:8000.`;
  const action = flags.action ?? ownAction();
  if (!/^[\w.-]+\/[\w.-]+@[\w./-]+$/.test(action))
    return `${action} is no action. Write owner/repository@ref, where ref is a commit, a tag or a branch.`;
  const healthPath = healthPathOf(repository, preset);
  const cryptography = readFileSync(`${OWN_FOLDER}docs/cryptography.md`, "utf8");
  return { application, start, action, paths: flags.paths, preset, baseUrl, healthPath, cryptography };
}

/** The preset whose paths the source names. */
function presetNamedIn({ paths, read }: Repository): PresetName | undefined {
  const sources = paths.filter((path) => /\.(py|[cm]?[jt]sx?|ya?ml|json)$/.test(path));
  return PRESET_NAMES.find((name) => {
    const wanted = PRESETS[name].endpoints.map(({ path }) => path);
    return sources.some((path) => wanted.some((each) => read(path)?.includes(each)));
  });
}

function ownAction(): string {
  const name = gitHubNameOf(OWN_FOLDER);
  return name === null ? UNKNOWN_ACTION : `${name}@main`;
}

function report(written: readonly Written[], dryRun: boolean): void {
  for (const { path, state, diff } of written) {
    const words = dryRun && state !== "as it is" && state !== "kept" ? `would be ${state}` : state;
    console.log(`${words.padEnd(16)} ${path}`);
    if (diff !== null) console.log(`\n${diff}`);
  }
}

/** What nobody said, so that a wrong guess is seen now and not by a probe that fails. */
function guessesOf(repository: Repository, { application }: InitChoices, flags: Flags): readonly string[] {
  const isPortKnown = flags.baseUrl !== undefined || application.port !== null;
  const isPresetKnown = flags.preset !== undefined || presetNamedIn(repository) !== undefined;
  return [...(isPortKnown ? [] : [NO_PORT]), ...(isPresetKnown ? [] : [NO_PRESET])];
}

function nextSteps(
  { application, action, start, baseUrl, preset, healthPath }: InitChoices,
  guesses: readonly string[],
): readonly string[] {
  const { stack, folder, install, test, apiTest } = application;
  const place = folder === "." ? "the root of the repository" : folder;
  const unknown = `The place of the action is not known: replace ${UNKNOWN_ACTION}, or run this again with --action owner/repository@ref --force.`;
  return [
    "",
    `Found: ${stack === "python" ? "Python" : "Node"}, in ${place}; its commands are yours to change in the workflow.`,
    ...install.split("\n").map((line) => `  install    ${line}`),
    `  test       ${test}`,
    `  API tests  ${apiTest}`,
    `  start      ${start}`,
    `  probe      ${baseUrl} (preset ${preset}, healthy when ${healthPath} answers)`,
    ...[...application.notes, ...guesses, ...(action === UNKNOWN_ACTION ? [unknown] : [])].map(
      (note) => `Note: ${note}`,
    ),
    "",
    "Next:",
    "  1. Read .shadow-infra/governance.json and change what does not fit.",
    "  2. Commit; `shadow-infra governance --all` says what the rules find in what is committed today.",
    "  3. Start the service and run `shadow-infra probe --config .shadow-infra/probe.json --wait 30`.",
    "  4. Push, and require the five checks: docs/ci.md of Shadow Infra, Branch protection.",
  ];
}
