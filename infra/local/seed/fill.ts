/** Fills a folder's database with what is made up. It only ever replaces what it made itself: a folder with anything else is refused. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, runToEnd, startProcess } from "../processes.ts";
import { UsageError } from "../report-alone/options.ts";
import { hashOf, migrationsStep } from "../setup.ts";
import { executeCommand, ROOT, storeOf, type WranglerPlace } from "../wrangler.ts";
import { counterStatements, deploymentStatements } from "./deployments.ts";
import { pairStatements } from "./pairs.ts";
import { probeRunStatements } from "./probe-runs.ts";
import type { SeedSize } from "./size.ts";

/** What was made is written down here, so that the same is not made twice. */
const MARK = "seed.json";

/** Seconds it took; null where exactly these rows are there already. Throws `UsageError` and `ChildFailed`. */
export async function fillReport(stateDir: string, size: SeedSize): Promise<number | null> {
  const mark = JSON.stringify({ ...size, sources: hashOf(ROOT, ["migrations/*.sql", "infra/local/seed/*.ts"]) });
  const at: WranglerPlace = { stateDir, registryDir: join(stateDir, "registry") };
  const markFile = join(stateDir, MARK);
  const before = existsSync(markFile) ? readFileSync(markFile, "utf8") : null;
  if (before === mark) return null;
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
  return (Date.now() - began) / 1000;
}

/** Every statement of a seed, in order. */
export function seedStatements(size: SeedSize): readonly string[] {
  return [...deploymentStatements(size), ...pairStatements(size), ...probeRunStatements(size), ...counterStatements()];
}

function commandFor(at: WranglerPlace, size: SeedSize): Command {
  const file = join(at.stateDir, "seed.sql");
  writeFileSync(file, `${seedStatements(size).join("\n")}\n`);
  return executeCommand(at, file);
}
