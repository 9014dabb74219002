/** From flags, environment, `probe.json`, `.shadow-infra.yml` and preset to the plan; the first that says a thing decides it. Reads files, asks nobody. */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Schema } from "@cfworker/json-schema";
import { chooseBudgets } from "../../core/probe/choose-budgets.ts";
import { DEFAULT_PACE, type ProbeConfig, type ProbeConfigEndpoint, parseProbeConfig } from "../../core/probe/config.ts";
import { DEFAULT_PRESET, PRESETS, type Preset, type PresetName } from "../../core/probe/presets.ts";
import { messageOf } from "../error-text.ts";
import { HEADER_VALUE } from "../replay/travel.ts";
import { type BodyCheck, compileBodyCheck } from "./body-check.ts";
import { type BudgetPlaces, budgetPlaces } from "./budget-places.ts";
import type { ProbeOptions } from "./options.ts";
import { headCommit, originOf, type Variables } from "./origin.ts";
import type { Plan, PlannedEndpoint } from "./plan.ts";
import { textOf, UsageError } from "./usage.ts";

const MS = 1_000;

/** Throws a `UsageError`. `folder` is where the files lie. */
export function planOf(options: ProbeOptions, env: Variables, folder: string): Plan {
  const config = options.config === undefined ? {} : probeConfig(resolve(folder, options.config), options.config);
  const name: PresetName = options.preset ?? config.preset ?? DEFAULT_PRESET;
  const preset: Preset = PRESETS[name];
  const places = budgetPlaces(options, env, folder);
  const chosen: Chosen = { options, env, config, places, folder: configFolder(options, folder) };
  const baseUrl = options.baseUrl ?? new URL(config.base_url ?? preset.baseUrl);
  const service =
    options.service ?? config.service ?? (options.config === undefined || config.preset ? name : baseUrl.host);
  return {
    baseUrl,
    compare: comparisonOf(options),
    endpoints: (config.endpoints ?? preset.endpoints).map((endpoint) => planned(endpoint, chosen)),
    ...paceOf(options, config),
    healthPath: options.healthPath ?? config.health_path ?? preset.healthPath,
    origin: originOf(env, { region: options.region, service, head: eventHead(env) }),
  };
}

function paceOf(
  options: ProbeOptions,
  config: Partial<ProbeConfig>,
): Pick<Plan, "iterations" | "warmUp" | "concurrency" | "timeoutMs"> {
  return {
    iterations: options.iterations ?? config.iterations ?? DEFAULT_PACE.iterations,
    warmUp: options.warmUp ?? config.warm_up ?? DEFAULT_PACE.warm_up,
    concurrency: options.concurrency ?? config.concurrency ?? DEFAULT_PACE.concurrency,
    timeoutMs: (options.timeout ?? config.timeout_s ?? DEFAULT_PACE.timeout_s) * MS,
  };
}

function comparisonOf({ compareUrl, ratioLimit, absoluteToo }: ProbeOptions): Plan["compare"] {
  return compareUrl === undefined ? null : { url: compareUrl, ratioLimit, absoluteToo: absoluteToo === true };
}

/** A label: where it is missing, so is the label. */
function eventHead({ GITHUB_EVENT_PATH: path }: Variables): string | undefined {
  try {
    return path ? headCommit(readFileSync(path, "utf8")) : undefined;
  } catch {
    return undefined;
  }
}

interface Chosen {
  readonly options: ProbeOptions;
  readonly env: Variables;
  readonly config: Partial<ProbeConfig>;
  readonly places: BudgetPlaces;
  /** Where the files lie that `probe.json` names. */
  readonly folder: string;
}

type EndpointForm = Pick<ProbeConfigEndpoint, "method" | "path"> & {
  readonly headers?: ProbeConfigEndpoint["headers"];
  readonly body?: unknown;
  readonly schema?: unknown;
  readonly expect_status?: ProbeConfigEndpoint["expect_status"];
  readonly budgets?: ProbeConfigEndpoint["budgets"];
};

function planned(endpoint: EndpointForm, { options, env, config, places, folder }: Chosen): PlannedEndpoint {
  const { method, path, body, expect_status: expected } = endpoint;
  const own = { ...lowerCase(config.headers), ...lowerCase(endpoint.headers) };
  const given = { ...filledIn(own, env), ...Object.fromEntries(options.header) };
  const { budgets, from } = chooseBudgets([
    ...places.before,
    { from: `${options.config ?? "probe.json"}, ${method} ${path}`, budgets: endpoint.budgets ?? {} },
    { from: options.config ?? "probe.json", budgets: config.budgets ?? {} },
    ...places.after,
  ]);
  return {
    method,
    path,
    headers: { accept: "application/json, */*", ...(body !== undefined && typeOf(body)), ...given },
    body: body === undefined ? null : Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
    isExpected: expectation(expected),
    check: endpoint.schema === undefined ? null : checkOf(endpoint.schema, `${method} ${path}`, folder),
    budgets,
    budgetsFrom: from,
  };
}

function typeOf(body: unknown): Readonly<Record<string, string>> {
  return { "content-type": typeof body === "string" ? "text/plain; charset=utf-8" : "application/json" };
}

function expectation(expected: number | readonly number[] | undefined): (status: number) => boolean {
  if (expected === undefined) return (status) => status >= 200 && status <= 299;
  const all = typeof expected === "number" ? [expected] : expected;
  return (status) => all.includes(status);
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Values of secrets stand in the environment, never in the file. */
function filledIn(headers: Readonly<Record<string, string>>, env: Variables): Readonly<Record<string, string>> {
  const filled = Object.entries(headers).map(([name, value]) => {
    const variable = /^secret:([A-Za-z_]\w{0,99})$/.exec(value)?.[1];
    if (variable === undefined) return [name, value] as const;
    const secret = env[variable];
    if (!secret)
      throw new UsageError(`The header ${name} needs the environment variable ${variable}, which is not set.`);
    if (!HEADER_VALUE.test(secret))
      throw new UsageError(
        `The header ${name} cannot carry the environment variable ${variable}: it holds a line break or another character that no header may have.`,
      );
    return [name, secret] as const;
  });
  return Object.fromEntries(filled);
}

function checkOf(given: unknown, endpoint: string, folder: string): BodyCheck {
  const schema = typeof given === "string" ? schemaFile(given, endpoint, folder) : given;
  // Any object and both booleans are JSON Schemas; which keywords make sense, compiling it says.
  const check = compileBodyCheck(schema as Schema | boolean);
  if (typeof check === "function") return check;
  throw new UsageError(`The schema of ${endpoint} cannot be used: ${check.reason}`);
}

function schemaFile(file: string, endpoint: string, folder: string): unknown {
  try {
    const schema: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
    if (typeof schema === "boolean" || (typeof schema === "object" && schema !== null)) return schema;
  } catch (error) {
    throw new UsageError(`The schema of ${endpoint} cannot be read from ${file}: ${messageOf(error)}`);
  }
  throw new UsageError(`The schema of ${endpoint} in ${file} is neither an object nor a boolean.`);
}

function probeConfig(path: string, named: string): ProbeConfig {
  const parsed = parseProbeConfig(textOf(path, named));
  if (parsed.ok) return parsed.value;
  const lines = parsed.problems.map(
    ({ line, column, key, message }) => `${named}:${line}:${column} ${key === "" ? "" : `${key}: `}${message}`,
  );
  throw new UsageError(lines.join("\n"));
}

function configFolder({ config }: ProbeOptions, folder: string): string {
  return config === undefined ? folder : dirname(resolve(folder, config));
}
