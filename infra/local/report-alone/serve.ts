/**
 * `npm run report:serve`: the report Worker alone on a port, for measuring it. Says `ready` on standard output once it answers, and stops with
 * SIGINT or SIGTERM. Reads the options; `start.ts` does it.
 */
import { parseArgs } from "node:util";
import { onInterrupt } from "../interrupt.ts";
import { takenPorts } from "../ports.ts";
import { ChildFailed, type Running, stopAll } from "../processes.ts";
import { alertNotice, alertProblems, alertVariables, readAlerts } from "../settings/alerts.ts";
import { numberOption, stateFolder, UsageError } from "./options.ts";
import { startReport } from "./start.ts";

const USAGE = "Usage: npm run report:serve -- [--port 8001] [--state <folder>]";
const DEFAULT_PORT = "8001";
const MAX_PORT = 65_535;

/** With it results of probes can be sent. */
const SECRETS = ["SHADOW_INFRA_SERVICE_TOKEN"];

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const interrupt = onInterrupt();
  const running: Running[] = [];
  try {
    return await Promise.race([serve(args, running), interrupt.happened.then(() => 0)]);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ChildFailed)) throw error;
    console.error(error instanceof UsageError ? `${error.message}\n${USAGE}` : error.message);
    return error instanceof UsageError ? 2 : 3;
  } finally {
    await stopAll(running);
    interrupt.off();
  }
}

/** Rejects when the Worker does not come up or ends. Never resolves. */
async function serve(args: readonly string[], running: Running[]): Promise<never> {
  const { port, stateDir } = optionsOf(args);
  const [taken] = await takenPorts([{ port, use: "the report API", flag: "--port" }]);
  if (taken !== undefined) throw new UsageError(taken);
  const alerts = readAlerts(process.env);
  const [problem] = alertProblems(alerts);
  if (problem !== undefined) throw new UsageError(problem);
  const secrets = { ...chosen(SECRETS), ...alertVariables(alerts) };
  const { origin, ended } = await startReport({ stateDir, port, running, secrets });
  console.error(alertNotice(alerts));
  console.log(`ready ${origin}`);
  return ended;
}

/** Those of the environment that are set. */
function chosen(names: readonly string[]): Readonly<Record<string, string>> {
  const pairs = names.map((name) => [name, process.env[name] ?? ""] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ""));
}

function optionsOf(args: readonly string[]): { readonly port: number; readonly stateDir: string } {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { port: text, state: text } });
    return { port: numberOption("--port", values.port ?? DEFAULT_PORT, MAX_PORT), stateDir: stateFolder(values.state) };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : String(error));
  }
}
