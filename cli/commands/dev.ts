/** `shadow-infra dev`: everything on this machine, in one command. Thin: the work is in `infra/local`. */
import { join } from "node:path";
import { Command, Option } from "commander";
import { EXAMPLE_NAMES } from "../../infra/local/examples/names.ts";
import { launch } from "../../infra/local/launch.ts";
import { openScreen } from "../../infra/local/screen.ts";
import { DEFAULT_PORTS, readDevSettings } from "../../infra/local/settings/dev.ts";
import { environmentWith } from "../../infra/local/settings/environment.ts";
import {
  configFileOf,
  configNotices,
  type LoadedConfig,
  loadConfig,
} from "../../infra/local/settings/project-config.ts";
import { noticesOf } from "../../infra/local/settings/read.ts";
import { ROOT } from "../../infra/local/wrangler.ts";
import { EXIT } from "../exit.ts";
import { redactionOf } from "../replay/redaction.ts";

const EXITS = `
Exit codes: 0 passed, 1 a planted regression was missed or noise was reported (--exit),
2 wrong option or configuration, or a port that is taken, 3 could not decide, 130 interrupted.`;

export function devCommand(): Command {
  return new Command("dev")
    .description(
      "Start everything on this machine. Without --prod and --shadow: two versions of an example, with traffic.",
    )
    .option("--prod <url>", "production: the server whose answers count [SHADOW_INFRA_PROD_URL]")
    .option("--shadow <url>", "the shadow: the server with the change [SHADOW_INFRA_SHADOW_URL]")
    .option(
      "--config <file>",
      "the repository's .shadow-infra.yml (with --prod and --shadow: the one in this folder) [SHADOW_INFRA_CONFIG]",
    )
    .option("--rate <share>", "share of requests to mirror, 0 to 1 (default: 1) [SHADOW_INFRA_SAMPLE_RATE]")
    .option("--control <share>", "share for which production is asked twice, to learn noise (default: 1)")
    .addOption(new Option("--example <name>", "which example to run (default: shop)").choices([...EXAMPLE_NAMES]))
    .option("--requests <count>", "how many of the example's requests to send (default: all, once)")
    .option("--exit", "stop when every request is accounted for; exit 0 if the report is right")
    .option("--json", "print the result as one JSON document; everything else goes to standard error")
    .addOption(new Option("--fresh", "forget what earlier starts stored").conflicts("keep"))
    .option("--keep", "keep what earlier starts stored (the default)")
    .option("--tee-port <port>", `send traffic here (default: ${DEFAULT_PORTS.tee})`)
    .option("--webhook-port <port>", `kept for the webhook service (default: ${DEFAULT_PORTS.webhook})`)
    .option("--report-port <port>", `the report API (default: ${DEFAULT_PORTS.report})`)
    .option("--ui-port <port>", `the report's pages (default: ${DEFAULT_PORTS.ui})`)
    .option("--no-ui", "leave the pages out")
    .option(
      "--state-dir <folder>",
      "where to store everything (default: .wrangler/shadow-infra; with --exit a temporary one)",
    )
    .addHelpText("after", EXITS)
    .action(dev);
}

async function dev(options: Readonly<Record<string, unknown>>): Promise<void> {
  const screen = openScreen(options["json"] === true);
  const env = environmentWith(join(ROOT, ".env"), process.env);
  const file = configFileOf(options, env, process.cwd());
  const config = file === null ? null : runnable(file, loadConfig(file));
  const settings = readDevSettings(options, env, config);
  if (!settings.ok) {
    for (const problem of settings.problems) screen.say(problem);
    process.exit(EXIT.usage);
  }
  for (const notice of noticesOf(env)) screen.say(notice);
  if (file !== null && config?.ok) for (const words of configNotices(file, config)) screen.say(words);
  process.exit(EXIT[await launch(settings.value, screen)]);
}

/** A pattern that cannot be run is refused here, in the file's name, rather than by the report API once everything runs. */
function runnable(file: string, config: LoadedConfig): LoadedConfig {
  const redaction = config.ok ? redactionOf(config.config.redact) : null;
  if (redaction === null || redaction.ok) return config;
  return { ok: false, problems: [`${file}: redact.patterns: "${redaction.detail}" cannot be run.`] };
}
