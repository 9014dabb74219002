/** The `shadow-infra` command: one sub-command per file in `commands/`. Only this file and the commands print and exit. */
import { Command } from "commander";
import { compareCommand } from "./commands/compare.ts";
import { configCommand } from "./commands/config.ts";
import { deployCommand } from "./commands/deploy.ts";
import { devCommand } from "./commands/dev.ts";
import { replayCommand } from "./commands/replay.ts";
import { tryPublishedCommand } from "./commands/try-published.ts";
import { EXIT } from "./exit.ts";

const program = new Command("shadow-infra")
  .description("Mirror real traffic to a shadow deployment and see what would have broken.")
  .showHelpAfterError("(run with --help for the options)")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.passed : EXIT.usage));

for (const command of [devCommand, compareCommand, replayCommand, configCommand, deployCommand, tryPublishedCommand])
  program.addCommand(command().copyInheritedSettings(program));

await program.parseAsync();
