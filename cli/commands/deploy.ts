/** `shadow-infra deploy`: reads the flags and prints; the steps are in `cli/deploy/`. */
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Command, InvalidArgumentError, Option } from "commander";
import { deploy } from "../deploy/deploy.ts";
import { PROJECT_ROOT } from "../deploy/project.ts";
import { PROJECT_PROGRAMS } from "../deploy/run.ts";
import { ENVIRONMENTS, type Environment } from "../deploy/worker-config.ts";
import { messageOf } from "../error-text.ts";
import { EXIT } from "../exit.ts";

interface Flags {
  readonly env: Environment;
  readonly dryRun?: boolean;
  readonly secretsFile?: Readonly<Record<string, string>>;
}

/** The `deploy` sub-command. */
export function deployCommand(): Command {
  return new Command("deploy")
    .description("Deploy the database migrations, the Workers and the pages of one environment, in that order.")
    .addOption(new Option("--env <name>", "the environment").choices(ENVIRONMENTS).makeOptionMandatory())
    .option("--dry-run", "check and build everything, deploy nothing; needs no account and no network")
    .option(
      "--secrets-file <path>",
      "lines NAME=value: secrets to set with this deploy. The first one needs the required ones",
      readSecrets,
    )
    .addHelpText("after", HELP)
    .action(act);
}

const HELP = `
Exit codes: 0 done; 2 wrong usage, a placeholder, or files that do not fit together; 3 something could not be reached.
Examples:
  npm run deploy -- --env staging --dry-run
  npm run deploy -- --env production --secrets-file .secrets.production`;

async function act({ env, dryRun = false, secretsFile = {} }: Flags): Promise<void> {
  // Leaving by `exit` removes the scratch folder and ends the running wrangler.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(EXIT.interrupted));
  console.log(`${dryRun ? "Trying the deploy of" : "Deploying"} ${env}.`);
  const result = await deploy({
    root: PROJECT_ROOT,
    environment: env,
    dryRun,
    secrets: secretsFile,
    programs: PROJECT_PROGRAMS,
    say: (line) => console.log(line),
  });
  if (result === "passed") console.log(dryRun ? "Everything builds. Nothing was deployed." : `${env} is deployed.`);
  process.exitCode = EXIT[result];
}

function readSecrets(path: string): Readonly<Record<string, string>> {
  try {
    const pairs = Object.entries(parseEnv(readFileSync(path, "utf8")));
    return Object.fromEntries(pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}
