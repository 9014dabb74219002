/** `shadow-infra query-plans`: which reads of the report lack an index, and the migration that adds it. The work is in `infra/query-plans`. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { ChildFailed } from "../../infra/local/processes.ts";
import { stateFolder, UsageError } from "../../infra/local/report-alone/options.ts";
import { fillReport } from "../../infra/local/seed/fill.ts";
import { DEFAULT_SIZE } from "../../infra/local/seed/size.ts";
import { ROOT } from "../../infra/local/wrangler.ts";
import { type Analysis, analyse, DEFAULT_MIN_ROWS } from "../../infra/query-plans/analyse.ts";
import { databaseFile, readDefined, readTables } from "../../infra/query-plans/read.ts";
import { recordStatements } from "../../infra/query-plans/record.ts";
import { analysisWords } from "../../infra/query-plans/words.ts";
import { MigrationFailed, writeMigrations } from "../../infra/query-plans/write.ts";
import { EXIT } from "../exit.ts";

interface Flags {
  readonly state?: string;
  readonly minRows: string;
  readonly write?: boolean;
  readonly format: "pretty" | "json";
}

const SCHEMA_VERSION = 1;

const HELP = `
Fills a local database with ${DEFAULT_SIZE.pairs} pairs where the folder has none, starts the report on it, asks everything that can be read
and explains the statements it issued.
Exit codes: 0 every statement has its index; 1 one is missing; 2 wrong usage; 3 the report did not start.`;

export function queryPlansCommand(): Command {
  return new Command("query-plans")
    .description("Name statements of the report that lack an index, and write the migration.")
    .option("--state <folder>", "with the database; default: the one of npm run seed:report")
    .option("--min-rows <number>", "tables with fewer may be read as a whole", String(DEFAULT_MIN_ROWS))
    .option("--write", "write the next migration for what is missing")
    .addOption(new Option("--format <format>", "of standard output").choices(["pretty", "json"]).default("pretty"))
    .addHelpText("after", HELP)
    .action(async (flags: Flags) => {
      process.exitCode = await run(flags).catch(codeOf);
    });
}

async function run({ state, minRows: asked, write, format }: Flags): Promise<number> {
  const minRows = /^\d{1,9}$/.test(asked) ? Number(asked) : 0;
  if (minRows < 1) throw new UsageError(`--min-rows takes a whole number from 1, not ${asked}.`);
  const stateDir = stateFolder(state);
  const store = join(stateDir, "store");
  if (!existsSync(store)) await fillReport(stateDir, DEFAULT_SIZE);
  const { statements, answered, refused } = await recordStatements(stateDir);
  const file = databaseFile(store);
  if (file === null || statements.length === 0)
    throw new ChildFailed("The report issued no statement that could be explained.");
  const analysis = analyse({ ...readTables(file), statements, defined: readDefined() }, minRows);
  const written = write === true ? writeMigrations(ROOT, indexesOf(analysis)) : [];
  if (format === "json")
    process.stdout.write(
      `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, answered, refused, ...analysis, written }, null, 2)}\n`,
    );
  else
    process.stdout.write(
      `${[
        `${answered} reads of the report were recorded.`,
        ...refused.map((call) => `Refused, so its statements may be missing: ${call}`),
        ...analysisWords(analysis, minRows),
        ...written.map((path) => `Written: ${path}`),
      ].join("\n")}\n`,
    );
  return analysis.missing.length === 0 ? EXIT.passed : EXIT.failed;
}

/** Each index once. */
function indexesOf({ missing }: Analysis) {
  const all = missing.flatMap(({ index }) => (index === null ? [] : [index]));
  return [...new Map(all.map((index) => [index.name, index])).values()];
}

function codeOf(error: unknown): number {
  if (!(error instanceof UsageError || error instanceof ChildFailed || error instanceof MigrationFailed)) throw error;
  process.stderr.write(`${error.message}\n`);
  return error instanceof UsageError ? EXIT.usage : EXIT.undecided;
}
