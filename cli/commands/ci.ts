/** `shadow-infra ci changes|audit|summary`: the steps of the workflow that are no tool's of their own. Reads flags; the rest is in `cli/ci/`. */
import { execFile } from "node:child_process";
import { Command, InvalidArgumentError, Option } from "commander";
import { AUDIT_LEVELS, type AuditLevel, readAudit } from "../ci/audit.ts";
import { type Base, baseOf } from "../ci/base.ts";
import { changedPaths, groupChanges, type PathGroup, readGroup } from "../ci/changes.ts";
import { addToSummary, setOutputs } from "../ci/files.ts";
import { readArtifacts } from "../ci/summary/artifacts.ts";
import { passed, readNeeds, verdictOf } from "../ci/summary/needs.ts";
import { page } from "../ci/summary/page.ts";
import { EXIT } from "../exit.ts";
import { logText } from "../log-text.ts";

export function ciCommand(): Command {
  const command = new Command("ci").description("Steps of the workflow: what changed, known holes, the summary.");
  const changes = new Command("changes")
    .description("Say which groups of paths a change touches, as outputs of the step, so that jobs can skip by `if:`.")
    .requiredOption("--group <name=globs>", "globs between blanks, ! takes out; repeatable", oneMore)
    .option("--base <commit>", "what to compare with; default: what GitHub's event says; without either all changed")
    .action((flags: ChangesFlags) => {
      process.exitCode = changed(flags);
    });
  const audit = new Command("audit")
    .description("Ask npm for known holes in the packages that run in production.")
    .addOption(new Option("--level <level>", "the least that fails").choices(AUDIT_LEVELS).default("high"))
    .action(async ({ level }: { readonly level: AuditLevel }) => {
      process.exitCode = await audited(level);
    });
  const summary = new Command("summary")
    .description("Write the page of the run from how its jobs ended and from what they left.")
    .requiredOption("--needs <json>", "how the jobs ended: what toJSON(needs) gives")
    .option("--artifacts <folder>", "where the jobs' artifacts were downloaded to", "artifacts")
    .action((flags: SummaryFlags) => {
      process.exitCode = summarized(flags);
    });
  for (const each of [changes, audit, summary]) command.addCommand(each.copyInheritedSettings(command));
  return command.addHelpText("afterAll", HELP);
}

interface ChangesFlags {
  readonly group: readonly PathGroup[];
  readonly base?: string;
}

interface SummaryFlags {
  readonly needs: string;
  readonly artifacts: string;
}

const HELP = `
Exit codes: 0 passed; 1 a hole, or a job that failed; 2 wrong usage; 3 the registry could not be asked.
Examples:
  shadow-infra ci changes --base main --group "api=src/api/** !**/*.md"
  shadow-infra ci audit --level critical
  shadow-infra ci summary --needs '{"shadow-tests":{"result":"success"}}'`;

function oneMore(text: string, before: readonly PathGroup[] = []): readonly PathGroup[] {
  const group = readGroup(text);
  if (group === null) throw new InvalidArgumentError("It is a name, =, and globs: api=src/api/** !**/*.md");
  return [...before, group];
}

function changed({ group, base: named }: ChangesFlags): number {
  const base: Base = named === undefined ? baseOf(process.env) : { commit: named };
  const groups = groupChanges(group, changedPaths(process.cwd(), base));
  const outputs = Object.fromEntries(groups.map(({ name, changed: is }) => [name, String(is)]));
  setOutputs(process.env, outputs);
  for (const { name, changed: is, because } of groups) console.log(`${name}=${is}  (${logText(because)})`);
  return EXIT.passed;
}

async function audited(level: AuditLevel): Promise<number> {
  const audit = readAudit(await npmAudit(), level);
  if (audit.kind === "not-asked") {
    console.error(`::error title=npm audit::Nobody could be asked about known holes (${audit.reason}).`);
    console.error("That is not the same as none: try again, or set a registry that knows advisories (npm config).");
    return EXIT.undecided;
  }
  for (const { name, severity, range } of audit.vulnerable)
    console.log(`::error title=npm audit::${name} ${range} has a known hole (${severity}); \`npm audit\` tells which.`);
  console.log(
    `${audit.vulnerable.length} packages that run in production have known holes of level ${level} or above.`,
  );
  return audit.vulnerable.length === 0 ? EXIT.passed : EXIT.failed;
}

/** What npm printed, however it ended. */
function npmAudit(): Promise<string> {
  const options = { maxBuffer: 64 * 1024 * 1024, shell: process.platform === "win32" };
  return new Promise((resolve) => {
    execFile("npm", ["audit", "--omit=dev", "--json"], options, (_error, stdout) => resolve(stdout));
  });
}

function summarized({ needs, artifacts }: SummaryFlags): number {
  const jobs = readNeeds(needs);
  if (jobs === null) {
    console.error("--needs is not what GitHub writes for toJSON(needs): a job's name with its result.");
    return EXIT.usage;
  }
  const markdown = page(jobs, readArtifacts(artifacts));
  if (!addToSummary(process.env, markdown)) console.log(markdown);
  console.log(`Shadow CI: ${verdictOf(jobs)}.`);
  return passed(jobs) ? EXIT.passed : EXIT.failed;
}
