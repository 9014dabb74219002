/**
 * What a deployment says about comparing: the part of a registration that the consumer judges by. Every key has a default,
 * every list a bound; unknown keys are refused. Apart from `mirroring.ts`: no tee and no lease ever carries it.
 */
import { z } from "zod";
import { COMPARE_MODES } from "../../compare/settings.ts";

/** One row of a table holds all of it and may have 2,000,000 B (https://developers.cloudflare.com/d1/platform/limits/). */
const MAX_CONTRACT_CHARS = 500_000;
const MAX_TEMPLATES = 5_000;
const MAX_PATH_CHARS = 300;
const MAX_ROUTES = 100;
const MAX_IGNORES = 100;
const MAX_LIST_KEYS = 100;
const MAX_NAME_CHARS = 100;

/** JSONPath from the root, or a header by name. What cannot be read as JSONPath selects nothing. */
const IgnoreSchema = z
  .string()
  .max(MAX_PATH_CHARS)
  .regex(/^(?:\$|header:[\w!#$%&'*+.^`|~-]+$)/, "a JSONPath that begins with $, or header:<name>");

const RouteComparisonSchema = z.strictObject({
  match: z
    .string()
    .max(MAX_PATH_CHARS)
    .regex(/^(?:\*|[A-Za-z]+) \/\S*$/, "a method or *, a space, a path, such as GET /v1/orders/**")
    .describe("`GET /v1/orders/**`; the first that matches decides."),
  mode: z.enum(COMPARE_MODES).default("values"),
  ignore: z.array(IgnoreSchema).max(MAX_IGNORES).default([]),
  listKeys: z
    .record(z.string().max(MAX_PATH_CHARS).startsWith("$"), z.string().min(1).max(MAX_NAME_CHARS))
    .refine((keys) => Object.keys(keys).length <= MAX_LIST_KEYS, `at most ${MAX_LIST_KEYS} lists`)
    .default({}),
});

const JsonSchemaSchema = z.union([z.boolean(), z.record(z.string(), z.unknown())]);

const ContractSchema = z
  .strictObject({
    responses: z
      .record(z.string(), z.record(z.string(), z.record(z.string(), JsonSchemaSchema)))
      .describe("Schemas by route, status (200, 2XX, default) and media type."),
    definitions: z.record(z.string(), JsonSchemaSchema).default({}),
  })
  .refine(
    (contract) => JSON.stringify(contract).length <= MAX_CONTRACT_CHARS,
    `at most ${MAX_CONTRACT_CHARS} characters`,
  );

/** The key `compare` of a registration. Merged routes are the repository's, not one deployment's, and have endpoints of their own. */
export const ComparingSchema = z
  .strictObject({
    routes: z.array(RouteComparisonSchema).max(MAX_ROUTES).default([]),
    templates: z
      .array(z.string().max(MAX_PATH_CHARS).startsWith("/"))
      .max(MAX_TEMPLATES)
      .default([])
      .describe("Route templates such as `/users/{userId}`; the most literal match names a route."),
    contract: ContractSchema.nullable().default(null),
  })
  .meta({ id: "Comparing" });
