/** The flags of `shadow-infra probe`: what they are called, what they must look like, and what they become. */
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  FRAMING_HEADER,
  MAX_CONCURRENCY,
  MAX_ITERATIONS,
  MAX_TIMEOUT_S,
  MAX_WARM_UP,
} from "../../core/probe/config.ts";
import { PRESET_NAMES, type PresetName } from "../../core/probe/presets.ts";
import { DEFAULT_RATIO_LIMIT } from "../../core/probe/ratio.ts";
import { HEADER_NAME, HEADER_VALUE } from "../replay/travel.ts";

const MAX_SEED = 2 ** 32 - 1;
export const PROBE_FORMATS = ["pretty", "json", "junit", "github", "markdown"] as const;
export type ProbeFormat = (typeof PROBE_FORMATS)[number];

/** As the flags were given; undefined where another place may say it. */
export interface ProbeOptions {
  readonly baseUrl?: URL;
  readonly compareUrl?: URL;
  readonly ratioLimit: number;
  readonly absoluteToo?: boolean;
  readonly preset?: PresetName;
  readonly config?: string;
  readonly iterations?: number;
  readonly warmUp?: number;
  readonly concurrency?: number;
  readonly timeout?: number;
  readonly p95Threshold?: number;
  readonly p99Threshold?: number;
  readonly maxSizeKb?: number;
  readonly maxFailureRate?: number;
  readonly header: readonly (readonly [name: string, value: string])[];
  readonly output?: string;
  readonly junit?: string;
  readonly format: ProbeFormat;
  readonly wait?: number;
  readonly healthPath?: string;
  readonly region?: string;
  readonly service?: string;
  readonly postTo?: URL;
  readonly load?: readonly number[];
  readonly loadAt?: number;
  /** Of each step of `load`. */
  readonly stepSeconds: number;
  readonly chaos?: string;
  readonly chaosSeed?: number;
  readonly chaosAllowHost?: string;
  /** Of each phase of `chaos`. */
  readonly phaseSeconds: number;
  readonly recoverWithin: number;
  /** Files of results. */
  readonly compareResults?: readonly string[];
}

/** Adds them. */
export function withProbeOptions(command: Command): Command {
  return withOtherWays(
    withWays(
      command
        .option("--base-url <url>", "the service that is judged; default: the preset's", urlOf)
        .addOption(
          new Option("--preset <name>", "what is asked without a file (default: shadow-infra)").choices(PRESET_NAMES),
        )
        .option("--config <probe.json>", "endpoints, bodies, schemas and budgets of your own")
        .option("--iterations <number>", "requests of each endpoint (default: 200)", whole(1, MAX_ITERATIONS))
        .option("--warm-up <number>", "requests of each endpoint before those (default: 5)", whole(0, MAX_WARM_UP))
        .option("--concurrency <number>", "requests at a time (default: 1)", whole(1, MAX_CONCURRENCY))
        .option("--timeout <seconds>", "until an answer is given up (default: 10)", numberFrom(0.05, MAX_TIMEOUT_S))
        .option("--p95-threshold <ms>", "budget of the 95th percentile (default: 75)", numberFrom(0))
        .option("--p99-threshold <ms>", "budget of the 99th percentile (default: 120)", numberFrom(0))
        .option("--max-size-kb <kb>", "budget of the mean answer (default: 25)", numberFrom(0))
        .option("--max-failure-rate <share>", "budget of failures: 0.05 or 5% (default: 0.05)", shareOf)
        .option(
          "--compare-url <url>",
          "the same service without the change: asked in turns, and the ratio decides",
          urlOf,
        )
        .addOption(
          new Option("--ratio-limit <times>", "how many times as long is too long, with --compare-url")
            .default(DEFAULT_RATIO_LIMIT)
            .argParser(numberFrom(1, 1_000)),
        )
        .option("--absolute-too", "with --compare-url: the budgets of times decide as well"),
    ),
  );
}

/** Those that judge no budgets. */
function withOtherWays(command: Command): Command {
  return command
    .option("--chaos <faults>", "break things and see: d1-latency=50ms,fail=0.05,cut=0.05,delay=20ms,slow=64kb,down=1s")
    .option("--chaos-seed <number>", "repeats the faults of an earlier run", whole(0, MAX_SEED))
    .option("--chaos-allow-host <name>", "with --chaos: this host too, not only this machine")
    .addOption(
      new Option("--phase-seconds <seconds>", "of each phase of --chaos").default(5).argParser(numberFrom(0.1, 600)),
    )
    .addOption(
      new Option("--recover-within <seconds>", "until --chaos gives up").default(10).argParser(numberFrom(0.1, 600)),
    )
    .option("--compare-results <files...>", "results from several regions side by side; asks nobody");
}

function withWays(command: Command): Command {
  return command
    .addOption(
      new Option("--header <line>", "'name: value' of every request; may be repeated")
        .default([], "none")
        .argParser(headerOf),
    )
    .option("--wait <seconds>", "wait at most so long until the service is healthy", numberFrom(0, 3_600))
    .option("--health-path <path>", "what --wait asks for (default: the preset's)", pathOf)
    .option("--load <steps>", "concurrencies such as 1,2,4,8: throughput and p95 of each, and where it bends", stepsOf)
    .addOption(
      new Option("--step-seconds <seconds>", "of each step of --load").default(5).argParser(numberFrom(0.1, 600)),
    )
    .option(
      "--load-at <step>",
      "the step that is held against the budgets (default: the lowest)",
      whole(1, MAX_CONCURRENCY),
    )
    .option("--output <file>", "the results (default: shadow_probe_results.json in the temporary folder)")
    .option("--junit <file>", "the rows as JUnit XML too")
    .addOption(new Option("--format <format>", "of standard output").choices(PROBE_FORMATS).default("pretty"))
    .option("--region <name>", "label of the results: where they were measured")
    .option("--service <name>", "label of the results: what was measured")
    .option("--post-to <url>", "send the results to this report API; SHADOW_INFRA_SERVICE_TOKEN lets them in", urlOf);
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new InvalidArgumentError("Expected an address such as http://localhost:8000.");
  if (url.username !== "" || url.password !== "")
    throw new InvalidArgumentError("Credentials do not belong in the address: use --header 'authorization: ...'.");
  if (url.search !== "" || url.hash !== "")
    throw new InvalidArgumentError("Expected an address without ? and #; they belong into a path of probe.json.");
  return url;
}

function numberFrom(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max}`;
  return (text) => {
    const value = numberIn(text);
    if (!(value >= min && value <= max)) throw new InvalidArgumentError(`Expected a number ${range}.`);
    return value;
  };
}

/** Decimal digits alone: no `0x10`, and an empty text is no zero. NaN for anything else. */
export function numberIn(text: string): number {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
}

function whole(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = numberIn(text);
    if (!Number.isInteger(value) || value < min || value > max)
      throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
    return value;
  };
}

function shareOf(text: string): number {
  const isPercent = text.trim().endsWith("%");
  const value = isPercent ? numberIn(text.trim().slice(0, -1)) / 100 : numberIn(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError("Expected a share from 0 to 1, or 0% to 100%.");
  return value;
}

const MAX_STEPS = 20;

function stepsOf(text: string): readonly number[] {
  const steps = text.split(",").map(numberIn);
  const isRising = steps.every(
    (step, n) => Number.isInteger(step) && step > (steps[n - 1] ?? 0) && step <= MAX_CONCURRENCY,
  );
  if (!isRising || steps.length > MAX_STEPS)
    throw new InvalidArgumentError(
      `Expected up to ${MAX_STEPS} rising whole numbers to ${MAX_CONCURRENCY}, such as 1,2,4,8.`,
    );
  return steps;
}

function pathOf(text: string): string {
  if (!/^\/[^\s#]*$/.test(text)) throw new InvalidArgumentError("Expected a path that begins with /.");
  return text;
}

function headerOf(
  text: string,
  before: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const colon = text.indexOf(":");
  const [name, value] = [text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim()];
  if (colon < 1 || !HEADER_NAME.test(name) || !HEADER_VALUE.test(value))
    throw new InvalidArgumentError("Expected 'name: value'.");
  if (FRAMING_HEADER.test(name)) throw new InvalidArgumentError(`Leave ${name} out: it is made from the body.`);
  return [...before, [name, value]];
}
