/** The settings of `shadow-infra dev`: options and environment in, one checked object or the words of what is wrong out. */
import { resolve } from "node:path";
import { z } from "zod";
import { type ConfiguredRegistration, registrationOf } from "../../../core/config/registration.ts";
import { EXAMPLE_NAMES, type ExampleName } from "../examples/names.ts";
import { type AlertSettings, alertProblems, readAlerts } from "./alerts.ts";
import type { LoadedConfig } from "./project-config.ts";
import { type Environment, readVariable } from "./read.ts";

export const DEFAULT_PORTS = { tee: 8080, webhook: 8000, report: 8001, ui: 5173 } as const;

export interface DevSettings {
  /** Production and shadow: an example of the project's own, or two servers of the user's. */
  readonly between:
    | { readonly kind: "example"; readonly name: ExampleName }
    | { readonly kind: "servers"; readonly prod: string; readonly shadow: string };
  readonly rate: number;
  readonly controlShare: number;
  readonly requests: number | null;
  readonly exit: boolean;
  readonly json: boolean;
  readonly fresh: boolean;
  readonly ports: {
    readonly tee: number;
    readonly webhook: number;
    readonly report: number;
    readonly ui: number | null;
  };
  /** Absolute; null: the default folder, or with `exit` a temporary one. */
  readonly stateDir: string | null;
  /** What the repository's configuration says of the deployment; empty where there is no file. */
  readonly registration: Partial<ConfiguredRegistration>;
  /** Of those who write to the report API; undefined makes one. */
  readonly serviceToken?: string;
  readonly alerts: AlertSettings;
  readonly model: { readonly key?: string; readonly name?: string; readonly baseUrl?: string };
}

const Share = z.coerce.number().min(0, "is a share from 0 to 1").max(1, "is a share from 0 to 1");
const Port = z.coerce
  .number()
  .int("is a port")
  .min(1, "is a port from 1 to 65535")
  .max(65_535, "is a port from 1 to 65535");
const Origin = z
  .url({ protocol: /^https?$/, error: "is an http or https address such as http://localhost:3000" })
  .transform(plainOrigin);

/** In its one spelling; with a path or more it stays as it was given, for whoever has to refuse it. */
function plainOrigin(text: string): string {
  const { origin, href } = new URL(text);
  return href === `${origin}/` ? origin : text.replace(/\/+$/, "");
}

/** As commander hands them over. */
const OptionsSchema = z.object({
  prod: Origin.optional(),
  shadow: Origin.optional(),
  rate: Share.default(1),
  control: Share.optional(),
  example: z.enum(EXAMPLE_NAMES, { error: `is one of ${EXAMPLE_NAMES.join(", ")}` }).default("shop"),
  requests: z.coerce.number().int().min(1, "is a whole number from 1").optional(),
  exit: z.boolean().default(false),
  json: z.boolean().default(false),
  fresh: z.boolean().default(false),
  teePort: Port.default(DEFAULT_PORTS.tee),
  webhookPort: Port.default(DEFAULT_PORTS.webhook),
  reportPort: Port.default(DEFAULT_PORTS.report),
  uiPort: Port.default(DEFAULT_PORTS.ui),
  ui: z.boolean().default(true),
  stateDir: z.string().min(1).optional(),
});

type Read =
  | { readonly ok: true; readonly value: DevSettings }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Flag before environment before default. Values of the environment are checked like options. `config` is the repository's file,
 * where there is one; its problems are told before those of the options.
 */
export function readDevSettings(
  options: Readonly<Record<string, unknown>>,
  env: Environment,
  config: LoadedConfig | null = null,
): Read {
  if (config?.ok === false) return config;
  const parsed = OptionsSchema.safeParse({
    ...options,
    // `--example` asks for an example, whatever the environment says of servers.
    prod: options["prod"] ?? (options["example"] ? undefined : readVariable(env, "SHADOW_INFRA_PROD_URL")),
    shadow: options["shadow"] ?? (options["example"] ? undefined : readVariable(env, "SHADOW_INFRA_SHADOW_URL")),
    rate: options["rate"] ?? readVariable(env, "SHADOW_INFRA_SAMPLE_RATE"),
  });
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(wordsOf) };
  const problems = [...contradictions(parsed.data, options), ...alertProblems(readAlerts(env))];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: settingsOf(parsed.data, env, config) };
}

type Options = z.infer<typeof OptionsSchema>;

type Configured = Extract<LoadedConfig, { readonly ok: true }> | null;

function settingsOf(given: Options, env: Environment, configured: Configured): DevSettings {
  const { prod, shadow, teePort, webhookPort, reportPort, uiPort } = given;
  return {
    between: prod && shadow ? { kind: "servers", prod, shadow } : { kind: "example", name: given.example },
    rate: given.rate,
    // Nothing but production itself can be asked twice here, so `control: base` is as good as `refetch`.
    controlShare: given.control ?? (configured?.config.control === "off" ? 0 : 1),
    requests: given.requests ?? null,
    exit: given.exit,
    json: given.json,
    fresh: given.fresh,
    ports: { tee: teePort, webhook: webhookPort, report: reportPort, ui: given.ui ? uiPort : null },
    stateDir: given.stateDir === undefined ? null : resolve(given.stateDir),
    registration: configured === null ? {} : registrationOf(configured.config, configured.settings),
    serviceToken: readVariable(env, "SHADOW_INFRA_SERVICE_TOKEN"),
    alerts: readAlerts(env),
    model: {
      key: readVariable(env, "ANTHROPIC_API_KEY"),
      name: readVariable(env, "ANTHROPIC_MODEL"),
      baseUrl: readVariable(env, "ANTHROPIC_BASE_URL"),
    },
  };
}

function contradictions(given: Options, options: Readonly<Record<string, unknown>>): readonly string[] {
  const both = given.prod !== undefined && given.shadow !== undefined;
  const ports = [given.teePort, given.webhookPort, given.reportPort, ...(given.ui ? [given.uiPort] : [])];
  const own = [given.prod, given.shadow].filter((url) => url !== undefined).map((url) => new URL(url));
  const loops = own.some(({ hostname, port }) => isLoopback(hostname) && port === String(given.teePort));
  return [
    ...(both || (!given.prod && !given.shadow)
      ? []
      : ["--prod and --shadow belong together: give both, or none for the example."]),
    ...(both && options["example"] ? ["--example and --prod exclude each other."] : []),
    ...(both && given.exit
      ? ["--exit runs an example; with --prod and --shadow the traffic is yours. Leave one out."]
      : []),
    ...(new Set(ports).size === ports.length ? [] : ["The four ports must differ from each other."]),
    ...(loops
      ? [`--prod or --shadow is the tee itself (port ${given.teePort}): requests would go round in circles.`]
      : []),
  ];
}

export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function wordsOf(issue: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  const flag = String(issue.path[0] ?? "").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `--${flag} ${issue.message}.`;
}
