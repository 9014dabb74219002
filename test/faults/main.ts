/**
 * `npm run chaos:faults`: a fault before every statement of the tee, in every scenario that runs it. Prints the statements, what
 * was hit, and every client that noticed. `--each 3` tries a statement in three scenarios; `--json` prints one document.
 */
import { parseArgs } from "node:util";
import { EXIT } from "../../cli/exit.ts";
import type { Statement } from "./instrument.ts";
import { startStand } from "./stand.ts";
import { type Breach, runTrials, type Trials } from "./trials.ts";

const { values } = parseArgs({
  options: { each: { type: "string", default: "1000" }, json: { type: "boolean", default: false } },
});

const stand = await startStand();
try {
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const trials = await runTrials(stand, {
    scenariosEach: Number(values.each),
    alwaysEverywhere: true,
    ledger: true,
    say,
  });
  process.stdout.write(values.json ? `${JSON.stringify(trials, null, 2)}\n` : words(trials));
  process.exitCode = trials.breaches.length + trials.unequal.length > 0 ? EXIT.failed : EXIT.passed;
} finally {
  await stand.close();
}

function words({
  statements,
  neverHit,
  trials,
  breaches,
  doubleBreaches,
  netted,
  exact,
  inexact,
  unequal,
  afterFault,
}: Trials): string {
  const hit = statements.length - neverHit.length;
  return [
    `${statements.length} statements, ${hit} hit (${((100 * hit) / statements.length).toFixed(1)} %), ${afterFault.length} of them only after another fault; ${trials} trials`,
    list("Never hit", neverHit.map(place)),
    list("Differ without a fault", unequal),
    list("A client noticed", breaches.map(breach)),
    list("A client noticed two faults at once", doubleBreaches.map(breach)),
    list("Caught by the platform's net alone", netted.map(place)),
    `Counters stay exact after a fault before ${exact.length} statements.`,
    list("Counters not exact", inexact.map(place)),
    "",
  ].join("\n");
}

function breach({ statement, scenario, mode, before, what }: Breach): string {
  const after = before === undefined ? "" : `, after a fault at ${before.file}:${before.line}`;
  return `${place(statement)} [${scenario}, ${mode}${after}] ${what}`;
}

function place({ file, line, text }: Statement): string {
  return `${file}:${line} ${text}`;
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0
    ? `${title}: none`
    : `${title}: ${lines.length}\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
