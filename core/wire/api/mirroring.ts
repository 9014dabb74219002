/**
 * What a deployment says about mirroring: the part of a registration that decides what is sampled, sent and replaced.
 * Every key has a default, every list a bound; unknown keys are refused. Apart from `deployments.ts` for its length.
 */
import { z } from "zod";
import { MAX_USER_PATTERN_CHARS, MAX_USER_PATTERNS } from "../target.ts";

/** A lease carries all of this to every isolate of a host with each sync, so it stays within some kilobytes. */
const MAX_GLOBS = 100;
const MAX_GLOB_CHARS = 300;
const MAX_ROUTES = 100;
const MAX_NAMES = 200;
const MAX_NAME_CHARS = 100;

/** RFC 9110, section 5.6.2: names of methods, headers and cookies. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** A header's value that cannot begin another header: visible characters, spaces and tabs of ASCII. */
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

/** Headers that are the connection's, the edge's or our own: a test credential is none of them. */
const NOT_A_CREDENTIAL =
  /^(?:host|connection|content-.*|transfer-encoding|te|trailer|upgrade|keep-alive|expect|via|forwarded|x-forwarded-.*|x-real-ip|cf-.*|cdn-loop|x-shadow-infra-.*)$/i;

export const MethodSchema = z.string().max(20).regex(TOKEN, "a method such as GET");

/** Headers by name. Names and values are such that no header can be smuggled in behind another. */
export const HeaderMapSchema = z.record(
  z.string().max(MAX_NAME_CHARS).regex(TOKEN, "a header's name"),
  z.string().max(8_192).regex(HEADER_VALUE, "a header's value: ASCII without control characters"),
);

export const CredentialsSchema = HeaderMapSchema.refine(
  (headers) => !Object.keys(headers).some((name) => NOT_A_CREDENTIAL.test(name)),
  "names of the connection, of the edge and of Shadow Infra itself are no credentials",
);

const GlobSchema = z.string().max(MAX_GLOB_CHARS).startsWith("/", "a path that begins with /, such as /v1/**");
const GlobsSchema = z.array(GlobSchema).max(MAX_GLOBS).default([]);

const RouteRuleSchema = z.strictObject({
  match: z
    .string()
    .max(MAX_GLOB_CHARS)
    .regex(/^(?:\*|[A-Za-z]+) \/\S*$/, "a method or *, a space, a path, such as POST /v1/orders/**")
    .describe("`POST /v1/orders/**`; the first that matches decides."),
  mirror: z.boolean(),
});

const RedactSchema = z
  .strictObject({
    names: z.array(z.string().min(1).max(MAX_NAME_CHARS)).max(MAX_NAMES).default([]),
    patterns: z
      .array(z.string().min(1).max(MAX_USER_PATTERN_CHARS))
      .max(MAX_USER_PATTERNS)
      .default([])
      .describe("RE2 syntax, linear time."),
    shapeOnly: z.boolean().default(false).describe("No value is stored at all."),
    phones: z.boolean().default(false),
  })
  .meta({ id: "RedactSettings" });

const BaseSchema = z
  .strictObject({
    origin: z.string().max(MAX_GLOB_CHARS),
    deploymentId: z.string().min(1).max(MAX_NAME_CHARS),
    againShare: z.number().min(0).max(1).default(0),
  })
  .meta({ id: "BaseStack" });

/** The keys of a registration. */
export const MIRRORING_PUT = {
  maxRps: z.number().positive().max(100_000).nullable().default(null).describe("Mirrored requests per second."),
  sticky: z
    .string()
    .max(MAX_NAME_CHARS)
    .regex(/^(?:cookie|header):[\w!#$%&'*+.^`|~-]+$/, "cookie:<name> or header:<name>")
    .nullable()
    .default(null)
    .describe("Where the client key of sampling is read. Null: the client's address."),
  mirror: z.strictObject({ include: GlobsSchema, exclude: GlobsSchema }).prefault({}),
  routes: z.array(RouteRuleSchema).max(MAX_ROUTES).default([]),
  redact: RedactSchema.prefault({}),
  stamped: z.boolean().default(false).describe("The gateway stamps every answer with its deployment's id."),
  base: BaseSchema.nullable().default(null),
} as const;

/** The same as readers see it: what mirroring costs, and what is kept of it. Values of credentials are never shown. */
export const MirroringSchema = z
  .object({
    maxRps: z.number().nullable(),
    methods: z.array(z.string()),
    controlShare: z.number(),
    sticky: z.string().nullable(),
    include: z.array(z.string()),
    exclude: z.array(z.string()),
    routes: z.array(z.object({ match: z.string(), mirror: z.boolean() })),
    redact: z.object({
      names: z.array(z.string()),
      patterns: z.array(z.string()),
      shapeOnly: z.boolean(),
      phones: z.boolean(),
    }),
    /** Names of the headers that carry a test identity. */
    credentials: z.array(z.string()),
    stamped: z.boolean(),
    base: z.object({ origin: z.string(), deploymentId: z.string(), againShare: z.number() }).nullable(),
  })
  .meta({ id: "Mirroring" });
export type Mirroring = z.infer<typeof MirroringSchema>;
