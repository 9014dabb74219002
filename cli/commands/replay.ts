/** `shadow-infra replay <file|->`: sends recorded requests to running servers and judges the answers. Reads flags and prints. */
import { Command } from "commander";
import { DEFAULT_RULES } from "../../core/redact/rules.ts";
import { oneReading, severalReadings, temporaryFolder } from "../compare/source.ts";
import { fileOutput, isWriteFailure, leaveQuietlyOnClosedPipe } from "../compare/streams.ts";
import { EXIT } from "../exit.ts";
import { serverAt } from "../replay/ask.ts";
import type { Gone } from "../replay/health.ts";
import { hostsToTake } from "../replay/hosts.ts";
import { freshRedactor } from "../replay/pair.ts";
import { createReplayProgress, type Screen, sentLines } from "../replay/progress.ts";
import { redactionOf } from "../replay/redaction.ts";
import { type Replaying, replay, type Sent } from "../replay/replay.ts";
import type { HeaderLine } from "../replay/request.ts";
import { openRecording, type Recording } from "../replay/requests.ts";
import type { TravelRules } from "../replay/travel.ts";
import { configIsSound, exitCodeOf, isReadError, judgeAll, withJudgingOptions } from "./judging.ts";
import { type ReplayOptions, withReplayOptions } from "./replay-options.ts";

export function replayCommand(): Command {
  const command = new Command("replay")
    .description(
      "Send recorded requests to running servers, write the pairs of answers, and judge them as compare does.",
    )
    .argument("<file>", "requests as JSON lines, recorded pairs, or a HAR file; - reads standard input");
  return withJudgingOptions(withReplayOptions(command))
    .addHelpText("after", HELP)
    .action(async (file: string, options: ReplayOptions) => {
      process.exitCode = await run(file, options);
    });
}

const HELP = `
Only GET, HEAD and OPTIONS are sent unless --unsafe-methods is given, and no credentials unless told.
Exit codes: 0 all pairs were judged, whatever the verdicts; 1 --fail-on says no; 2 wrong usage or configuration;
3 a server could not be reached, a request not be read, or nothing be judged; 130 interrupted: what was sent is judged.
Examples:
  shadow-infra replay traffic.har --prod https://shop.example.com --shadow http://localhost:3000 --fail-on critical
  shadow-infra replay requests.jsonl --prod http://localhost:3001 --shadow http://localhost:3002 --rate 0 \\
    --header "authorization: Bearer $TEST_TOKEN" --pairs pairs.jsonl --output markdown=drifts.md`;

async function run(file: string, options: ReplayOptions): Promise<number> {
  leaveQuietlyOnClosedPipe(EXIT.passed);
  if (!configIsSound(options)) return EXIT.usage;
  const redaction = options.config?.ok === true ? redactionOf(options.config.config.redact) : NO_REDACTION_OF_OURS;
  if (!redaction.ok) return say(`The pattern ${redaction.detail} of redact.patterns cannot be run.`, EXIT.usage);
  const stop = new AbortController();
  const interrupt = (): void => (stop.signal.aborted ? process.exit(EXIT.interrupted) : stop.abort());
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const pairs = options.pairs ?? `${temporaryFolder()}/pairs.jsonl`;
  try {
    const sent = await send(file, pairs, { options, redaction: redaction.value, stop });
    if (typeof sent === "string") return say(sent, EXIT.undecided);
    const code = await judgeSent(sent, pairs, options);
    return stop.signal.aborted && sent.gone === null ? EXIT.interrupted : code;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

const NO_REDACTION_OF_OURS = { ok: true, value: DEFAULT_RULES } as const;

/** Pairs that were written are judged, however the sending ended. */
async function judgeSent(sent: Sent, pairs: string, options: ReplayOptions): Promise<number> {
  say(sentLines(sent).join("\n"), 0);
  if (sent.gone !== null) say(goneWords(sent.gone, options), 0);
  if (sent.gone?.never === true) return EXIT.undecided;
  const report = await judgeAll({ name: pairs, open: () => oneReading(pairs), learn: true }, options);
  if (report === null) return EXIT.undecided;
  const { summary, slow } = report;
  const code = exitCodeOf({ slow, summary: { ...summary, malformed: summary.malformed + sent.malformed } }, options);
  return code === EXIT.passed && sent.gone !== null ? EXIT.undecided : code;
}

type Rest = Pick<Replaying, "redaction" | "stop"> & { readonly options: ReplayOptions };

/** What was sent, or why nothing was. */
async function send(file: string, pairs: string, { options, redaction, stop }: Rest): Promise<Sent | string> {
  const servers = serversOf(options);
  const progress = createReplayProgress(SCREEN);
  try {
    const recording = await openRecording(await severalReadings(file));
    if (!recording.ok) return `Cannot read ${file}: it is ${recording.detail}.`;
    const sink = await fileOutput(pairs);
    const { unit } = recording.value;
    const sent = await replay({
      recording: recording.value,
      servers,
      redactor: freshRedactor(),
      redaction,
      travel: travelOf(options, recording.value),
      pace: options,
      timeoutMs: options.timeout * 1000,
      controlShare: options.controlShare,
      stop,
      write: (pair) => sink.write(`${JSON.stringify(pair)}\n`),
      malformed: (number, reason) => {
        progress.clear();
        process.stderr.write(`${unit} ${number}: ${reason}\n`);
      },
      progress: progress.show,
    });
    await sink.close();
    return sent;
  } catch (error) {
    return unsentWords(error, file);
  } finally {
    progress.clear();
    for (const server of [servers.prod, servers.shadow, servers.base]) server?.agent.destroy();
  }
}

const SCREEN: Screen = {
  isTerminal: process.stderr.isTTY,
  write: (text) => process.stderr.write(text),
  now: () => performance.now(),
};

function serversOf(options: ReplayOptions): Replaying["servers"] {
  const { prod, shadow, base } = options;
  return {
    prod: serverOf(prod, options.prodHeader, options),
    shadow: serverOf(shadow, options.shadowHeader, options),
    base: base === undefined ? null : serverOf(base, options.baseHeader, options),
  };
}

function travelOf({ unsafeMethods, keepCredentials, prod, host }: ReplayOptions, { hosts }: Recording): TravelRules {
  return {
    unsafe: unsafeMethods === true,
    keepCredentials: keepCredentials === true,
    hosts: hostsToTake(hosts, prod.host, host),
  };
}

/** Throws what is no matter of files: a bug. */
function unsentWords(error: unknown, file: string): string {
  if (isWriteFailure(error)) return error.message;
  if (isReadError(error)) return `Cannot read ${file}: ${error.message}.`;
  throw error;
}

function serverOf(url: URL, own: readonly HeaderLine[], { header, concurrency }: ReplayOptions) {
  const general = header.filter(([name]) => !own.some(([other]) => other === name));
  // Two answers of production are asked for at a time.
  return serverAt(url, [...general, ...own], concurrency * 2);
}

function goneWords({ server, failed, never }: Gone, options: ReplayOptions): string {
  const address = options[server]?.origin ?? "";
  if (never) return `${NAMES[server]} at ${address} cannot be reached (${failed}), so there is nothing to compare.`;
  return `${NAMES[server]} at ${address} stopped answering (${failed}); the rest was not sent.`;
}

const NAMES = { prod: "Production", shadow: "The shadow", base: "The base" } as const;

function say(text: string, code: number): number {
  if (text !== "") process.stderr.write(`${text}\n`);
  return code;
}
