/**
 * The `shadow-infra` command: one sub-command per file in `commands/`. Only this file and the commands print and exit. What each of them
 * needs is some hundred modules, so the one that is asked for is loaded alone. `bin.mjs` starts it, and keeps them compiled for the next call.
 */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { EXIT } from "./exit.ts";

/** In the order of `--help`. */
const COMMANDS: Readonly<Record<string, () => Promise<() => Command>>> = {
  dev: async () => (await import("./commands/dev.ts")).devCommand,
  compare: async () => (await import("./commands/compare.ts")).compareCommand,
  replay: async () => (await import("./commands/replay.ts")).replayCommand,
  governance: async () => (await import("./commands/governance.ts")).governanceCommand,
  config: async () => (await import("./commands/config.ts")).configCommand,
  deploy: async () => (await import("./commands/deploy.ts")).deployCommand,
  ci: async () => (await import("./commands/ci.ts")).ciCommand,
  probe: async () => (await import("./commands/probe.ts")).probeCommand,
  budgets: async () => (await import("./commands/budgets.ts")).budgetsCommand,
  "query-plans": async () => (await import("./commands/query-plans.ts")).queryPlansCommand,
  init: async () => (await import("./commands/init.ts")).initCommand,
  "try-published": async () => (await import("./commands/try-published.ts")).tryPublishedCommand,
};

const program = new Command("shadow-infra")
  .description("Mirror real traffic to a shadow deployment and see what would have broken.")
  .version(ownVersion(), "--version")
  .showHelpAfterError("(run with --help for the options)")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.passed : EXIT.usage));

const [, , name = ""] = process.argv;
const asked = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
const every = name === "--version" ? [] : Object.values(COMMANDS);
for (const load of asked === undefined ? every : [asked]) {
  const command = await load();
  program.addCommand(withSettings(command(), program));
}

await program.parseAsync();

function ownVersion(): string {
  const own: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return typeof own === "object" && own !== null && "version" in own ? String(own.version) : "unknown";
}

/** Sub-commands too end with the exit code of wrong usage. */
function withSettings(command: Command, above: Command): Command {
  command.copyInheritedSettings(above);
  for (const sub of command.commands) withSettings(sub, command);
  return command;
}
