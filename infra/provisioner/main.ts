/**
 * The provisioner as a process: settings -> drivers -> service, until SIGTERM. Ends with 0 when it was asked to, 2 where settings are
 * wrong (all of them are told), 3 where it could not listen, 1 for a fault of ours.
 */
import { readFileSync } from "node:fs";
import { makeDrivers } from "./drivers.ts";
import { createLog, type Log } from "./log.ts";
import { startProvisioner } from "./provisioner.ts";
import type { Service } from "./service.ts";
import { type ProvisionerSettings, readSettings } from "./settings/read.ts";
import { VERSION } from "./version.ts";

const SETTINGS_ARE_WRONG = 2;
const COULD_NOT_LISTEN = 3;

async function main(): Promise<void> {
  const read = readSettings(process.env, textOf);
  if (!read.ok) return refuse(read.problems);
  const { settings } = read;
  const made = await makeDrivers(settings, process.env);
  if (!made.ok) return refuse(made.problems);
  const log = createLog({ level: settings.logLevel, secrets: settings.secretValues });
  process.once("uncaughtException", (error) => {
    log.error({ error: error.stack ?? String(error) }, "a fault of ours; the next start takes everything up again");
    process.exit(1);
  });
  for (const notice of settings.notices) log.warn({}, notice);
  await serve(settings, made.drivers, log);
}

async function serve(
  settings: ProvisionerSettings,
  drivers: Parameters<typeof startProvisioner>[0]["drivers"],
  log: Log,
) {
  const { operator, registryCredentials } = settings;
  try {
    const service = await startProvisioner({ settings: operator, drivers, registryCredentials, log });
    const names = operator.drivers;
    log.info(
      { origin: service.origin, version: VERSION, drivers: names, repositories: operator.repositories.size },
      "started",
    );
    endInOrder(service, log);
  } catch (error) {
    log.error(
      { error: String(error) },
      `cannot listen on ${operator.host}:${operator.port}; SHADOW_INFRA_LISTEN moves it`,
    );
    process.exit(COULD_NOT_LISTEN);
  }
}

/** The first signal lets the step in hand end; a second one does not wait for it. */
function endInOrder(service: Service, log: Log): void {
  let asked = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      if (asked) process.exit(130);
      asked = true;
      log.info({ signal }, "stopping");
      void service.stop().finally(() => process.exit(0));
    });
}

function refuse(problems: readonly string[]): void {
  console.error(
    `The provisioner cannot start. ${problems.length === 1 ? "" : `${problems.length} things are to be put right:`}`,
  );
  for (const problem of problems) console.error(`- ${problem}`);
  process.exitCode = SETTINGS_ARE_WRONG;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

await main();
