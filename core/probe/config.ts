/** The form of `probe.json`, key by key, with limits; its published JSON Schema is made from it. What a key is worth where it is missing, `plan` says. */
import { z } from "zod";
import { type ConfigProblem, problemsOf } from "../config/problems.ts";
import { readYaml } from "../config/yaml.ts";
import { MAX_PROBE_ENDPOINTS } from "../wire/api/probes.ts";
import { PRESET_NAMES } from "./presets.ts";

/** Characters of the file; schemas are the largest part of honest ones. */
const MAX_PROBE_CONFIG_CHARS = 1_000_000;

/** Where neither a flag nor the file says it. */
export const DEFAULT_PACE = { iterations: 200, warm_up: 5, concurrency: 1, timeout_s: 10 } as const;

/** Limits of the flags as well. Iterations of one endpoint, requests at a time, seconds. */
export const MAX_ITERATIONS = 100_000;
export const MAX_CONCURRENCY = 256;
export const MAX_TIMEOUT_S = 600;
export const MAX_WARM_UP = 10_000;

const url = z
  .string()
  .max(500)
  .regex(/^https?:\/\/[^\s@]+$/, "write an address such as http://localhost:8000, without credentials");
/** They say where a request ends, so that they are made from it; any other value would make two requests of it, or none. */
export const FRAMING_HEADER = /^(?:content-length|transfer-encoding)$/i;

const headers = z
  .record(
    z
      .string()
      .regex(/^[\w!#$%&'*+.^`|~-]+$/, "write a header's name")
      .refine((name) => !FRAMING_HEADER.test(name), "leave this header out: it is made from the body"),
    z
      .string()
      .max(10_000)
      .regex(/^[\t\u0020-\u007e\u0080-\u00ff]*$/, "write one line of Latin-1 characters"),
  )
  .describe('Sent with the request. "secret:NAME" stands for the environment variable NAME.');

const Budgets = z
  .strictObject({
    p95_ms: z.number().nonnegative().optional().describe("Milliseconds that the 95th percentile has to stay under."),
    p99_ms: z.number().nonnegative().optional().describe("Milliseconds that the 99th percentile has to stay under."),
    size_kb: z.number().nonnegative().optional().describe("Units of 1,024 bytes that the mean answer stays under."),
    failure_rate: z.number().min(0).max(1).optional().describe("Share of requests, 0 to 1, that failures stay under."),
  })
  .describe("At the threshold is over it.");

const status = z.int().min(200).max(599);

const Endpoint = z.strictObject({
  path: z
    .string()
    .max(500)
    .regex(/^\/[^\s#]*$/, "write a path that begins with /, such as /v1/orders"),
  method: z.enum(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
  headers: headers.optional(),
  body: z.json().optional().describe("A text is sent as it is, everything else as JSON."),
  schema: z
    .union([z.record(z.string(), z.json()), z.boolean(), z.string().min(1).max(500)])
    .optional()
    .describe("JSON Schema of the answer, or the path of its file beside this one."),
  expect_status: z
    .union([status, z.array(status).min(1).max(20)])
    .optional()
    .describe("The status that is no failure; default: every one from 200 to 299."),
  budgets: Budgets.optional().describe("Of this endpoint alone."),
});

export const ProbeConfigSchema = z.strictObject({
  $schema: z.string().optional(),
  preset: z.enum(PRESET_NAMES).optional().describe("What is taken where this file says nothing."),
  base_url: url.optional(),
  service: z.string().min(1).max(100).optional().describe("Its name in results and trends."),
  health_path: z.string().max(500).startsWith("/", "write a path that begins with /").optional(),
  iterations: z.int().min(1).max(MAX_ITERATIONS).optional(),
  warm_up: z.int().min(0).max(MAX_WARM_UP).optional().describe("Requests of each endpoint before those that count."),
  concurrency: z.int().min(1).max(MAX_CONCURRENCY).optional(),
  timeout_s: z.number().min(0.05).max(MAX_TIMEOUT_S).optional(),
  headers: headers.optional(),
  budgets: Budgets.optional(),
  endpoints: z.array(Endpoint).min(1).max(MAX_PROBE_ENDPOINTS).optional(),
});
export type ProbeConfig = z.infer<typeof ProbeConfigSchema>;
export type ProbeConfigEndpoint = z.infer<typeof Endpoint>;

export type ParsedProbeConfig =
  | { readonly ok: true; readonly value: ProbeConfig }
  | { readonly ok: false; readonly reason: "unreadable-probe-config"; readonly problems: readonly ConfigProblem[] };

/** Reads `probe.json`; every problem has its line and what to write instead. */
export function parseProbeConfig(text: string): ParsedProbeConfig {
  const read = readYaml(text, MAX_PROBE_CONFIG_CHARS);
  if (!read.ok) return refused(read.faults.map((fault) => ({ ...fault, key: "" })));
  const { source } = read;
  const parsed = ProbeConfigSchema.safeParse(source.value);
  if (!parsed.success)
    return refused(parsed.error.issues.flatMap((issue) => problemsOf(issue, source, ProbeConfigSchema)));
  const twice = twiceNamed(parsed.data);
  if (twice === -1) return { ok: true, value: parsed.data };
  const key = `endpoints[${twice}]`;
  return refused([{ ...source.positionOf(["endpoints", twice]), key, message: SAME }]);
}

const SAME = "An endpoint above has the same method and path; results are told apart by them.";

/** The published JSON Schema, as text with a final line break. */
export function publishedProbeSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(ProbeConfigSchema, { io: "input", target: "draft-2020-12" });
  const titled = {
    $schema,
    title: "probe.json",
    description: "What shadow-infra probe asks, and what it may take.",
    ...rest,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

function twiceNamed({ endpoints = [] }: ProbeConfig): number {
  const names = endpoints.map(({ method, path }) => `${method} ${path}`);
  return names.findIndex((name, index) => names.indexOf(name) < index);
}

function refused(problems: readonly ConfigProblem[]): ParsedProbeConfig {
  return { ok: false, reason: "unreadable-probe-config", problems };
}
