/**
 * The form of `.shadow-infra.yml`, key by key, with defaults and limits. The published JSON Schema is made from it.
 * Form alone: whether hosts belong to the repository or a secret exists is for those who use it.
 */
import { z } from "zod";
import { COMPARE_MODES } from "../compare/settings.ts";
import { MAX_USER_PATTERN_CHARS, MAX_USER_PATTERNS } from "../wire/target.ts";
import { durationMs } from "./duration.ts";

/** Characters of the file; the stack's environment is the largest part of honest ones. */
export const MAX_CONFIG_CHARS = 100_000;

/** Same limits as a registration has (`core/wire/api/mirroring.ts`), so that what passes here is not refused there. */
const MAX_GLOBS = 100;
const MAX_GLOB_CHARS = 300;
const MAX_ROUTES = 100;
const MAX_NAMES = 200;
const MAX_NAME_CHARS = 100;
const MAX_IGNORES = 100;
const MAX_HOSTS = 50;

/** RFC 9110, section 5.6.2: names of methods, headers and cookies. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

const RATE = "write a share from 0 to 1, or auto";

const MIN_TTL_MS = 5 * 60_000;
const MAX_TTL_MS = 30 * 86_400_000;

const name = (what: string) => z.string().min(1).max(MAX_NAME_CHARS).regex(TOKEN, what);
const secret = z
  .string()
  .regex(/^secret:[A-Za-z_]\w{0,99}$/, 'write "secret:NAME"; the value itself never stands in this file');
const glob = z.string().max(MAX_GLOB_CHARS).startsWith("/", "write a path that begins with /, such as /v1/**");
/** A file of the repository: no absolute path and no way out of it. */
const file = z
  .string()
  .min(1)
  .max(300)
  .regex(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\\\0]+$/, "write a path inside the repository, with / between folders");
const service = z.string().regex(/^[A-Za-z0-9][\w.-]{0,62}$/, "write the name of a compose service");
const host = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, "write a host name in lower case, without scheme, port or path");
const ttl = z.string().refine((text) => {
  const ms = durationMs(text);
  return ms !== null && ms >= MIN_TTL_MS && ms <= MAX_TTL_MS;
}, "write a duration from 5m to 30d, such as 12h or 7d");

const Stack = z.strictObject({
  seed: z.string().min(1).max(2_000).optional().describe("Command that fills the database, run once in the service."),
  env: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, "write a variable's name"), z.string().max(10_000))
    .default({})
    .describe('Variables of the stack; "secret:NAME" stands for a secret of the operator. Read from the base branch.'),
  egress: z
    .array(z.string().regex(/^[a-z0-9*][a-z0-9.*-]{0,252}:\d{1,5}$/i, "write host:port"))
    .max(MAX_NAMES)
    .default([])
    .describe("Addresses the stack may reach. Read from the base branch."),
});

const Sampling = z.strictObject({
  rate: z
    .union([z.number().min(0, RATE).max(1, RATE), z.literal("auto")], RATE)
    .default(0.01)
    .describe("Share of requests, 0 to 1; auto aims at gate.min_pairs in 10 minutes."),
  max_rps: z.number().positive().max(100_000).default(20).describe("Mirrored requests per second at most."),
  methods: z.array(name("write a method such as GET")).min(1).max(20).default(["GET", "HEAD"]),
  sticky: z
    .string()
    .max(MAX_NAME_CHARS)
    .regex(/^(?:cookie|header):[\w!#$%&'*+.^`|~-]+$/, "write cookie:<name> or header:<name>")
    .optional()
    .describe("What tells one client from another; default: the address."),
});

const Redact = z.strictObject({
  names: z.array(z.string().min(1).max(MAX_NAME_CHARS)).max(MAX_NAMES).default([]),
  patterns: z
    .array(z.string().min(1).max(MAX_USER_PATTERN_CHARS))
    .max(MAX_USER_PATTERNS)
    .default([])
    .describe("RE2 syntax."),
  shape_only: z.boolean().default(false).describe("No value is stored at all."),
  phones: z.boolean().default(false).describe("Replace telephone numbers too."),
});

const Route = z.strictObject({
  match: z
    .string()
    .max(MAX_GLOB_CHARS)
    .regex(/^(?:\*|[A-Za-z]+) \/\S*$/, "write a method or *, a space and a path, such as GET /v1/orders/**")
    .describe("The first that matches decides. A path with {names} and no star is also a route template."),
  mirror: z.boolean().optional().describe("true: also for this POST or PUT; false: never."),
  compare: z.enum(COMPARE_MODES).default("values"),
  ignore: z
    .array(
      z
        .string()
        .max(MAX_GLOB_CHARS)
        .regex(/^(?:\$|header:[\w!#$%&'*+.^`|~-]+$)/, "write a JSONPath that begins with $, or header:<name>"),
    )
    .max(MAX_IGNORES)
    .default([])
    .describe("What may differ: JSONPath (RFC 9535) or header:<name>."),
  list_key: z
    .record(
      z.string().max(MAX_GLOB_CHARS).startsWith("$", "write a JSONPath that begins with $"),
      z.string().min(1).max(MAX_NAME_CHARS),
    )
    .default({})
    .describe("The field that tells a list's elements apart, by the list's JSONPath."),
});

const Budgets = z.strictObject({
  p95_ms: z.number().nonnegative().optional().describe("Milliseconds that the 95th percentile has to stay under; 75."),
  p99_ms: z.number().nonnegative().optional().describe("Milliseconds that the 99th percentile has to stay under; 120."),
  size_kb: z.number().nonnegative().optional().describe("Kilobytes that the mean answer has to stay under; 25."),
  failure_rate: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("Share of requests, 0 to 1, that failures have to stay under; 0.05."),
});

const Gate = z.strictObject({
  min_pairs: z.int().min(1).max(10_000_000).default(200),
  fail_on: z.enum(["critical", "warning"]).default("critical"),
  on_inconclusive: z.enum(["neutral", "pass", "fail"]).default("neutral"),
  mode: z.enum(["informational", "blocking"]).default("informational"),
});

export const ProjectConfigSchema = z.strictObject({
  version: z.literal(1, "this version of Shadow Infra reads version: 1").default(1),
  stack: Stack.prefault({}),
  service: service.optional().describe("The compose service that answers; default: the first with a port."),
  compose: file
    .optional()
    .describe("Default: the first of compose.yaml, compose.yml, docker-compose.yaml, docker-compose.yml."),
  images: z
    .record(
      service,
      z
        .string()
        .max(500)
        .regex(
          /\{(?:short_)?sha\}/,
          "write an image with {sha} or {short_sha} in it, such as registry.example/web:{sha}",
        ),
    )
    .default({})
    .describe("Images of services that are built from source, by service; {pr} and {service} are filled in too."),
  control: z.enum(["base", "refetch", "off"]).default("base"),
  hosts: z.array(host).max(MAX_HOSTS).default([]),
  driver: z.enum(["kubernetes", "docker", "url", "process"]).default("kubernetes"),
  ttl: ttl.default("7d").describe("How long a shadow lives without a push."),
  openapi: file.optional().describe("Route templates and checks against the contract come from this file."),
  sampling: Sampling.prefault({}),
  mirror: z
    .strictObject({
      include: z.array(glob).max(MAX_GLOBS).default([]),
      exclude: z.array(glob).max(MAX_GLOBS).default([]),
    })
    .prefault({}),
  credentials: z
    .record(name("write a header's name"), secret)
    .default({})
    .describe("Sent in place of the user's credentials, by header."),
  redact: Redact.prefault({}),
  routes: z.array(Route).max(MAX_ROUTES).default([]),
  budgets: Budgets.prefault({}),
  gate: Gate.prefault({}),
});

/** The file with defaults filled in; keys are those of the file. */
export type ProjectConfig = z.infer<typeof ProjectConfigSchema>;
