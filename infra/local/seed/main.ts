/**
 * `npm run seed:report`: fills a local database as a busy month would, so that the report can be measured. The same numbers give the same
 * rows. It only ever replaces what it made itself: a folder with anything else is refused.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ChildFailed, type Command, runToEnd, startProcess } from "../processes.ts";
import { hashOf, migrationsStep } from "../setup.ts";
import { executeCommand, ROOT, storeOf, type WranglerPlace } from "../wrangler.ts";
import { counterStatements, deploymentStatements } from "./deployments.ts";
import { numberOption, stateFolder, UsageError } from "./options.ts";
import { pairStatements } from "./pairs.ts";
import { DEFAULT_SIZE, type SeedSize } from "./size.ts";

const USAGE = `Usage: npm run seed:report -- [--pairs ${DEFAULT_SIZE.pairs}] [--deployments ${DEFAULT_SIZE.deployments}] [--seed 1] [--state <folder>]`;
const MAX_PAIRS = 1_000_000;
const MAX_DEPLOYMENTS = 1_000;
/** What was made is written down here, so that the same is not made twice. */
const MARK = "seed.json";

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    await seed(args);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ChildFailed)) throw error;
    console.error(error instanceof UsageError ? `${error.message}\n${USAGE}` : error.message);
    return error instanceof UsageError ? 2 : 3;
  }
}

async function seed(args: readonly string[]): Promise<void> {
  const { size, stateDir } = optionsOf(args);
  const mark = JSON.stringify({ ...size, sources: hashOf(ROOT, ["migrations/*.sql", "infra/local/seed/*.ts"]) });
  const at: WranglerPlace = { stateDir, registryDir: join(stateDir, "registry") };
  const markFile = join(stateDir, MARK);
  const before = existsSync(markFile) ? readFileSync(markFile, "utf8") : null;
  if (before === mark) {
    console.log(`${stateDir} holds exactly these rows already.`);
    return;
  }
  if (before === null && existsSync(storeOf(at)))
    throw new UsageError(
      `${stateDir} holds a database that was not made by this command; it is left alone. Name another folder with --state.`,
    );
  for (const old of [storeOf(at), markFile, join(stateDir, "migrations.stamp")])
    rmSync(old, { recursive: true, force: true });
  for (const folder of ["logs", "registry", "config"]) mkdirSync(join(stateDir, folder), { recursive: true });
  // Written before the rows: what an interrupted run leaves behind may be replaced.
  writeFileSync(markFile, "");
  const began = Date.now();
  await migrationsStep(at).run(startProcess);
  await runToEnd(startProcess(commandFor(at, size)));
  writeFileSync(markFile, mark);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${size.pairs} pairs of ${size.deployments} deployments in ${stateDir}, made in ${seconds} s.`);
}

function commandFor(at: WranglerPlace, size: SeedSize): Command {
  const file = join(at.stateDir, "seed.sql");
  const statements = [...deploymentStatements(size), ...pairStatements(size), ...counterStatements()];
  writeFileSync(file, `${statements.join("\n")}\n`);
  return executeCommand(at, file);
}

function optionsOf(args: readonly string[]): { readonly size: SeedSize; readonly stateDir: string } {
  const { values } = parse(args);
  return {
    size: {
      pairs: numberOption("--pairs", values.pairs ?? String(DEFAULT_SIZE.pairs), MAX_PAIRS),
      deployments: numberOption(
        "--deployments",
        values.deployments ?? String(DEFAULT_SIZE.deployments),
        MAX_DEPLOYMENTS,
      ),
      seed: numberOption("--seed", values.seed ?? String(DEFAULT_SIZE.seed), MAX_PAIRS),
    },
    stateDir: stateFolder(values.state),
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({ args: [...args], options: { pairs: text, deployments: text, seed: text, state: text } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
