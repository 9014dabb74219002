/** The form of the operator's file, key by key, with defaults and limits. The published JSON Schema is made from it. */
import { z } from "zod";
import { durationMs } from "../../../core/config/duration.ts";
import { readSuffix } from "../../../core/shadow/suffixes.ts";
import { STACK_DRIVERS } from "../drivers/driver.ts";
import { sizeBytes } from "./sizes.ts";

/** Some thousand repositories. */
export const MAX_OPERATOR_FILE_CHARS = 1_000_000;

const MAX_REPOSITORIES = 1_000;
const MAX_HOSTS = 50;
const MAX_NAMES = 200;

const host = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, "write a host name in lower case, without scheme, port or path");
const secretName = z
  .string()
  .regex(/^[A-Za-z_]\w{0,99}$/, "write the name alone; its value comes in SHADOW_INFRA_SECRET_<NAME>");
const duration = z.string().refine((text) => durationMs(text) !== null, "write a duration such as 90s, 15m, 2h or 7d");
const size = z.string().refine((text) => sizeBytes(text) !== null, "write a size such as 512Mi or 4Gi");
const objectName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, "write the name of an object in the cluster");
const suffix = z
  .string()
  .refine(
    (text) => readSuffix(text).ok,
    "write a name of at least two labels that is yours alone, such as acme.vercel.app; under vercel.app alone anybody can have a name",
  );

const registry = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]*(?::\d+)?(?:\/[a-z0-9][a-z0-9._/-]*)?$/,
    "write a registry and a path, such as ghcr.io/acme",
  );

const ProcessSchema = z.strictObject({
  command: z.array(z.string().min(1)).min(1).max(100).describe("Program and arguments; it listens on $PORT."),
  env: z.record(z.string().regex(/^[A-Za-z_]\w*$/, "write a variable's name"), z.string()).default({}),
});

const RepositorySchema = z.strictObject({
  id: z.int().positive().describe("GitHub's id of the repository: names can be taken over, ids cannot."),
  name: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, "write owner/name")
    .describe("For people; the id counts."),
  hosts: z.array(host).max(MAX_HOSTS).default([]).describe("Production hosts whose traffic is this repository's."),
  secrets: z.array(secretName).max(MAX_NAMES).default([]).describe("Names that its `secret:NAME` may stand for."),
  drafts: z.boolean().default(false).describe("Draft pull requests get a stack too."),
  max_rps: z.number().positive().max(100_000).optional().describe("Most mirrored requests a second to one shadow."),
  image_check: z.string().min(1).max(300).optional().describe("Check run or workflow that pushes the images."),
  preview_environment: z.string().min(1).max(300).optional().describe("Environment whose deployments are previews."),
  registries: z
    .array(registry)
    .max(MAX_NAMES)
    .optional()
    .describe("Of those above, the ones its images may come from; default: all. The stack pulls with our credentials."),
  egress: z
    .array(z.string().regex(/^[a-z0-9*][a-z0-9.*-]{0,252}:\d{1,5}$/i, "write host:port, as it stands in stack.egress"))
    .max(MAX_NAMES)
    .optional()
    .describe("What its stack.egress may name; default: anything but addresses that are always closed."),
  base_branches: z
    .array(z.string().min(1).max(300))
    .max(MAX_NAMES)
    .default([])
    .describe("Beside the default branch, whose word it is what is mirrored and how it is judged."),
  process: ProcessSchema.optional().describe("What the driver process runs."),
});

const LimitsSchema = z.strictObject({
  cpus: z.number().positive().max(1_000).default(4).describe("Of one stack, all services together."),
  memory: size.default("4Gi"),
  services: z.int().min(1).max(100).default(20),
  storage: size.default("10Gi").describe("All volumes and writable layers of one stack together."),
  default_cpus: z.number().positive().max(100).default(0.5).describe("Of a service that asks for nothing."),
  default_memory: size.default("512Mi"),
});

const ClusterSchema = z.strictObject({
  reach: z.enum(["ingress", "gateway", "node-port"]).default("ingress").describe("How the edge reaches a stack."),
  ingress_class: objectName.optional().describe("Default: the cluster's default class."),
  gateway: z.strictObject({ name: objectName, namespace: objectName }).optional().describe("For reach: gateway."),
  ingress_namespace: objectName.optional().describe("Whose pods may call a stack; default: any pod of the cluster."),
  strip_headers: z
    .array(z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, "write a header's name"))
    .max(50)
    .default(["cf-access-client-id", "cf-access-client-secret"])
    .describe("Credentials of the edge, which the app never sees."),
  pull_secret: objectName
    .refine((name) => !/^shadow-(?:env$|file-)/.test(name), "a stack has Secrets of this name; take another")
    .optional()
    .describe(
      "Secret that images are pulled with. Made in each stack's own namespace from the registry credentials (default: shadow-pull); in one that all share it has to be there.",
    ),
  shared_storage_class: objectName.optional().describe("ReadWriteMany, for volumes that several services share."),
});

export const OperatorFileSchema = z.strictObject({
  version: z.literal(1, "this version of Shadow Infra reads version: 1").default(1),
  repositories: z
    .array(RepositorySchema, "list at least one repository; nothing is done for others")
    .min(1, "list at least one repository; nothing is done for others")
    .max(MAX_REPOSITORIES),
  drivers: z.array(z.enum(STACK_DRIVERS)).min(1).default(["kubernetes"]),
  registries: z
    .array(registry)
    .max(MAX_NAMES)
    .default([])
    .describe("Images may come from these and from nowhere else."),
  preview_suffixes: z.array(suffix).max(MAX_NAMES).default([]).describe("Preview URLs lie under these (driver url)."),
  limits: LimitsSchema.prefault({}),
  pod_security: z
    .enum(["restricted", "baseline"])
    .default("restricted")
    .describe("baseline lets images run as root where they need it; the report says so."),
  max_stacks: z.int().min(1).max(1_000).default(20).describe("At once, over all repositories; more wait."),
  image_wait: duration.default("20m").describe("How long a commit's images are waited for."),
  start_limit: duration.default("10m").describe("How long a stack may take to get ready."),
  idle_after: duration.default("2h").describe("Without mirrored requests for that long, a stack is scaled to nothing."),
  cluster: ClusterSchema.prefault({}),
  docker: z
    .strictObject({
      egress: z
        .enum(["closed", "open"])
        .default("closed")
        .describe(
          "open: a stack with stack.egress reaches everything that the machine reaches; an engine cannot limit it.",
        ),
    })
    .prefault({}),
});

/** The file with defaults filled in; keys are those of the file. */
export type OperatorFile = z.infer<typeof OperatorFileSchema>;

/** The published JSON Schema, as text with a final line break. */
export function publishedOperatorSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(OperatorFileSchema, { io: "input", target: "draft-2020-12" });
  const titled = { $schema, title: "operator.yaml", description: "What an operator says to the provisioner.", ...rest };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
