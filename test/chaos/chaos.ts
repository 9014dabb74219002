/**
 * `npm run chaos`: whether production's clients notice anything, whatever breaks. Reads the options, runs the cells, prints.
 * Progress goes to standard error, the result alone to standard output.
 */
import { EXIT } from "../../cli/exit.ts";
import { onInterrupt } from "../../infra/local/interrupt.ts";
import { killRows } from "./kills.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import type { Row } from "./promise.ts";
import { CELLS, runCells } from "./runner.ts";
import { table } from "./table.ts";

/** Grows when a field of `--json` changes its meaning or goes away. */
const SCHEMA_VERSION = 1;

/** How often it is checked that whoever started this is still there. */
const PARENT_POLL_MS = 2_000;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

// The runtime's log goes to standard output, where only the result belongs.
process.env["WRANGLER_LOG"] = "error";

process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === "help") return printed(HELP);
  if ("wrong" in options) {
    say(`${options.wrong}\n\n${HELP}`);
    return EXIT.usage;
  }
  const cells = CELLS.filter((cell) => isWanted(cell, options));
  if (options.isList) return printed(`${cells.map(({ name }) => name).join("\n")}\n`);
  if (cells.length === 0) {
    say(`No cell's name contains ${options.only.join(" or ")}. --list names them.`);
    return EXIT.usage;
  }
  if (process.platform !== "linux") {
    say("chaos reads memory and open files from /proc, which only Linux has. Run it on Linux (a container will do).");
    return EXIT.undecided;
  }
  return watched((signal) => run(cells, options, signal));
}

function isWanted({ name, isLong = false }: (typeof CELLS)[number], { only, isQuick }: Options): boolean {
  return only.length > 0 ? only.some((part) => name.includes(part)) : !(isQuick && isLong);
}

/** Ends in order when it is interrupted, or when npm, which started it, is gone without a word. */
async function watched(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const interrupt = onInterrupt();
  const parent = process.ppid;
  const following = setInterval(() => process.ppid === parent || process.kill(process.pid, "SIGTERM"), PARENT_POLL_MS);
  try {
    return await work(interrupt.signal);
  } catch (error) {
    if (interrupt.signal.aborted) return EXIT.interrupted;
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT.undecided;
  } finally {
    clearInterval(following);
    interrupt.off();
  }
}

async function run(cells: typeof CELLS, { isQuick, isJson, withKills }: Options, signal: AbortSignal): Promise<number> {
  const startedAt = Date.now();
  const promised = await runCells({ cells, isQuick, say, signal });
  const rows: readonly Row[] = withKills ? [...promised, ...(await killRows(say))] : promised;
  const isKept = rows.every((row) => row.isKept);
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  const result = { schemaVersion: SCHEMA_VERSION, isKept, seconds, isQuick, rows };
  printed(isJson ? `${JSON.stringify(result, null, 2)}\n` : table(rows));
  return isKept ? EXIT.passed : EXIT.failed;
}

function printed(text: string): number {
  process.stdout.write(text);
  return EXIT.passed;
}
