/** `shadow-infra replay <file|->`: sends recorded requests to running servers and judges the answers. Reads flags and prints. */
import { Command, InvalidArgumentError, Option } from "commander";
import { DEFAULT_RULES } from "../../core/redact/rules.ts";
import { oneReading, severalReadings, temporaryFolder } from "../compare/source.ts";
import { fileOutput, isWriteFailure, leaveQuietlyOnClosedPipe } from "../compare/streams.ts";
import { EXIT } from "../exit.ts";
import { serverAt } from "../replay/ask.ts";
import { hostsToTake } from "../replay/hosts.ts";
import { freshRedactor } from "../replay/pair.ts";
import { createReplayProgress, sentLines } from "../replay/progress.ts";
import { redactionOf } from "../replay/redaction.ts";
import { type Replaying, replay, type Sent } from "../replay/replay.ts";
import type { HeaderLine } from "../replay/request.ts";
import { openRecording } from "../replay/requests.ts";
import {
  configIsSound,
  exitCodeOf,
  isReadError,
  type JudgingOptions,
  judgeAll,
  withJudgingOptions,
} from "./judging.ts";

interface Options extends JudgingOptions {
  readonly prod: URL;
  readonly shadow: URL;
  readonly base?: URL;
  readonly pairs?: string;
  readonly rate: number;
  readonly concurrency: number;
  readonly timeout: number;
  readonly controlShare: number;
  readonly unsafeMethods?: boolean;
  readonly keepCredentials?: boolean;
  readonly host: readonly string[];
  readonly header: readonly HeaderLine[];
  readonly prodHeader: readonly HeaderLine[];
  readonly shadowHeader: readonly HeaderLine[];
  readonly baseHeader: readonly HeaderLine[];
}

export function replayCommand(): Command {
  const command = new Command("replay")
    .description(
      "Send recorded requests to running servers, write the pairs of answers, and judge them as compare does.",
    )
    .argument("<file>", "requests as JSON lines, recorded pairs, or a HAR file; - reads standard input")
    .addOption(new Option("--prod <url>", "the server whose answers count").argParser(urlOf).makeOptionMandatory())
    .addOption(new Option("--shadow <url>", "the server with the change").argParser(urlOf).makeOptionMandatory())
    .option("--base <url>", "a server without the change, beside the shadow: it is the reference then", urlOf)
    .option("--pairs <file>", "keep the pairs, without secrets, as JSON lines for compare")
    .addOption(numberOption("--rate <number>", "requests a second; 0 sets no limit", 50))
    .addOption(numberOption("--concurrency <number>", "requests at a time", 8, { min: 1, max: 256 }))
    .addOption(numberOption("--timeout <seconds>", "until a server counts as silent", 10, { min: 0.1, max: 600 }))
    .addOption(
      numberOption("--control-share <share>", "of safe requests that are asked twice to learn noise", 0.1, SHARE),
    )
    .option("--unsafe-methods", "send POST, PUT, PATCH and DELETE too: to production as well")
    .option("--keep-credentials", "send cookies and authorization as they were recorded, to all servers")
    .addOption(listOption("--host <name>", "take the requests to this host of a HAR file; may be repeated"))
    .addOption(headerOption("--header <line>", "'name: value' for all servers; may be repeated"))
    .addOption(headerOption("--prod-header <line>", "the same for production alone"))
    .addOption(headerOption("--shadow-header <line>", "the same for the shadow alone"))
    .addOption(headerOption("--base-header <line>", "the same for the base alone"));
  return withJudgingOptions(command)
    .addHelpText("after", HELP)
    .action(async (file: string, options: Options) => {
      process.exitCode = await run(file, options);
    });
}

const SHARE = { min: 0, max: 1 };

const HELP = `
Only GET, HEAD and OPTIONS are sent unless --unsafe-methods is given, and no credentials unless told.
Exit codes: 0 all pairs were judged, whatever the verdicts; 1 --fail-on says no; 2 wrong usage or configuration;
3 a server could not be reached, a request not be read, or nothing be judged; 130 interrupted: what was sent is judged.
Examples:
  shadow-infra replay traffic.har --prod https://shop.example.com --shadow http://localhost:3000 --fail-on critical
  shadow-infra replay requests.jsonl --prod http://localhost:3001 --shadow http://localhost:3002 --rate 0 \\
    --header "authorization: Bearer $TEST_TOKEN" --pairs pairs.jsonl --output markdown=drifts.md`;

async function run(file: string, options: Options): Promise<number> {
  leaveQuietlyOnClosedPipe(EXIT.passed);
  if (!configIsSound(options)) return EXIT.usage;
  const redaction = options.config?.ok === true ? redactionOf(options.config.config.redact) : noRedaction();
  if (!redaction.ok) return say(`The pattern ${redaction.detail} of redact.patterns cannot be run.`, EXIT.usage);
  const stop = new AbortController();
  const interrupt = (): void => (stop.signal.aborted ? process.exit(EXIT.interrupted) : stop.abort());
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const pairs = options.pairs ?? `${temporaryFolder()}/pairs.jsonl`;
  try {
    const sent = await send(file, pairs, { options, redaction: redaction.value, stop });
    if (typeof sent === "string") return say(sent, EXIT.undecided);
    const interrupted = stop.signal.aborted && sent.gone === null;
    say(sentLines(sent).join("\n"), 0);
    if (sent.gone?.never === true)
      return say(goneWords(sent, options), interrupted ? EXIT.interrupted : EXIT.undecided);
    if (sent.gone !== null) say(goneWords(sent, options), 0);
    const summary = await judgeAll({ name: pairs, open: () => oneReading(pairs), learn: true }, options);
    if (interrupted) return EXIT.interrupted;
    if (summary === null) return EXIT.undecided;
    const code = exitCodeOf({ ...summary, malformed: summary.malformed + sent.malformed }, options);
    return code === EXIT.passed && sent.gone !== null ? EXIT.undecided : code;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

function noRedaction() {
  return { ok: true, value: DEFAULT_RULES } as const;
}

type Rest = Pick<Replaying, "redaction" | "stop"> & { readonly options: Options };

/** What was sent, or why nothing was. */
async function send(file: string, pairs: string, { options, redaction, stop }: Rest): Promise<Sent | string> {
  const servers = {
    prod: serverOf(options.prod, options.prodHeader, options),
    shadow: serverOf(options.shadow, options.shadowHeader, options),
    base: options.base === undefined ? null : serverOf(options.base, options.baseHeader, options),
  };
  const progress = createReplayProgress({
    isTerminal: process.stderr.isTTY,
    write: (text) => process.stderr.write(text),
    now: () => performance.now(),
  });
  try {
    const recording = await openRecording(await severalReadings(file));
    if (!recording.ok) return `Cannot read ${file}: it is ${recording.detail}.`;
    const sink = await fileOutput(pairs);
    const { unit, hosts } = recording.value;
    const sent = await replay({
      recording: recording.value,
      servers,
      redactor: freshRedactor(),
      redaction,
      travel: {
        unsafe: options.unsafeMethods === true,
        keepCredentials: options.keepCredentials === true,
        hosts: hostsToTake(hosts, options.prod.host, options.host),
      },
      pace: options,
      timeoutMs: options.timeout * 1000,
      controlShare: options.controlShare,
      stop,
      write: (pair) => sink.write(`${JSON.stringify(pair)}\n`),
      malformed: (number, reason) => process.stderr.write(`${unit} ${number}: ${reason}\n`),
      progress: progress.show,
    });
    progress.clear();
    await sink.close();
    return sent;
  } catch (error) {
    progress.clear();
    if (isWriteFailure(error)) return error.message;
    if (isReadError(error)) return `Cannot read ${file}: ${error.message}.`;
    throw error;
  } finally {
    for (const server of [servers.prod, servers.shadow, servers.base]) server?.agent.destroy();
  }
}

function serverOf(url: URL, own: readonly HeaderLine[], { header, concurrency }: Options) {
  const general = header.filter(([name]) => !own.some(([other]) => other === name));
  // Two answers of production are asked for at a time.
  return serverAt(url, [...general, ...own], concurrency * 2);
}

function goneWords({ gone }: Sent, options: Options): string {
  if (gone === null) return "";
  const { server, failed, never } = gone;
  const address = options[server]?.origin ?? "";
  if (never) return `The ${NAMES[server]} at ${address} cannot be reached (${failed}), so there is nothing to compare.`;
  return `The ${NAMES[server]} at ${address} stopped answering (${failed}); the rest was not sent.`;
}

const NAMES = { prod: "production", shadow: "shadow", base: "base" } as const;

function say(text: string, code: number): number {
  if (text !== "") process.stderr.write(`${text}\n`);
  return code;
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new InvalidArgumentError("Expected an address such as http://localhost:3000.");
  if (url.username !== "" || url.password !== "")
    throw new InvalidArgumentError("Credentials do not belong in the address: use --header 'authorization: ...'.");
  return url;
}

function numberOption(flags: string, description: string, standard: number, { min = 0, max = 100_000 } = {}): Option {
  return new Option(flags, description).default(standard).argParser((text: string) => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= min && value <= max))
      throw new InvalidArgumentError(`Expected a number from ${min} to ${max}.`);
    return value;
  });
}

function listOption(flags: string, description: string): Option {
  return new Option(flags, description)
    .default([], "none")
    .argParser((text: string, before: readonly string[]) => [...before, text]);
}

function headerOption(flags: string, description: string): Option {
  return new Option(flags, description).default([], "none").argParser((text: string, before: readonly HeaderLine[]) => {
    const colon = text.indexOf(":");
    const [name, value] = [text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim()];
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || !/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value))
      throw new InvalidArgumentError("Expected 'name: value'.");
    const line: HeaderLine = [name, value];
    return [...before, line];
  });
}
