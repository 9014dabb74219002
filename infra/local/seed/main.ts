/**
 * `npm run seed:report`: fills a local database as a busy month would, so that the report can be measured. The same numbers give the same
 * rows. Reads the options; `fill.ts` does it.
 */
import { parseArgs } from "node:util";
import { ChildFailed } from "../processes.ts";
import { numberOption, stateFolder, UsageError } from "../report-alone/options.ts";
import { fillReport } from "./fill.ts";
import { DEFAULT_SIZE, type SeedSize } from "./size.ts";

const USAGE = `Usage: npm run seed:report -- [--pairs ${DEFAULT_SIZE.pairs}] [--deployments ${DEFAULT_SIZE.deployments}] [--seed 1] [--state <folder>]`;
const MAX_PAIRS = 1_000_000;
const MAX_DEPLOYMENTS = 1_000;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const { size, stateDir } = optionsOf(args);
    const seconds = await fillReport(stateDir, size);
    const made = seconds === null ? "there already" : `made in ${seconds.toFixed(1)} s`;
    console.log(`${size.pairs} pairs of ${size.deployments} deployments in ${stateDir}: ${made}.`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ChildFailed)) throw error;
    console.error(error instanceof UsageError ? `${error.message}\n${USAGE}` : error.message);
    return error instanceof UsageError ? 2 : 3;
  }
}

function optionsOf(args: readonly string[]): { readonly size: SeedSize; readonly stateDir: string } {
  const { pairs, deployments, seed, state } = parse(args);
  return {
    size: {
      pairs: numberOption("--pairs", pairs ?? String(DEFAULT_SIZE.pairs), MAX_PAIRS),
      deployments: numberOption("--deployments", deployments ?? String(DEFAULT_SIZE.deployments), MAX_DEPLOYMENTS),
      seed: numberOption("--seed", seed ?? String(DEFAULT_SIZE.seed), MAX_PAIRS),
    },
    stateDir: stateFolder(state),
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({ args: [...args], options: { pairs: text, deployments: text, seed: text, state: text } }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
