/** Deployments: what the list and the head of a report show, and what the provisioner (locally the launcher) sends. */
import { z } from "zod";
import { ComparingSchema } from "./comparing.ts";
import { CredentialsSchema, MethodSchema, MIRRORING_PUT, MirroringSchema } from "./mirroring.ts";
import { VerdictSchema } from "./verdict.ts";

/**
 * `pending`: being set up, or waiting for something its reason names. `idle`: scaled to nothing because nothing was mirrored.
 * `closing`: the lease has ended and the stack is being removed. `teardown_failed`: something of it is left, and removed again and again.
 */
export const DEPLOYMENT_STATES = [
  "pending",
  "ready",
  "failed",
  "idle",
  "closing",
  "teardown_failed",
  "closed",
] as const;
export const DeploymentStateSchema = z.enum(DEPLOYMENT_STATES).meta({ id: "DeploymentState" });

/** Pairs of a deployment or a route by verdict, decisions of models and people applied. */
export const VerdictCountsSchema = z
  .object({
    pairs: z.int(),
    safe: z.int(),
    undecided: z.int(),
    warning: z.int(),
    critical: z.int(),
    /** Pairs whose shadow gave no answer; they are Critical too. */
    shadowFailed: z.int(),
  })
  .meta({ id: "VerdictCounts" });
export type VerdictCounts = z.infer<typeof VerdictCountsSchema>;

const NAME_CHARS = 300;
const WORDS_CHARS = 4_000;

/** What runs for a pull request, as the provisioner last saw it. Bounded: one row of a table holds it. */
export const StackSchema = z
  .strictObject({
    driver: z.enum(["kubernetes", "docker", "url", "process"]),
    /** The Pod Security its pods meet; null where there are no pods. */
    podSecurity: z.enum(["restricted", "baseline"]).nullable().default(null),
    services: z
      .array(
        z.strictObject({
          name: z.string().max(NAME_CHARS),
          image: z.string().max(NAME_CHARS),
          state: z.enum(["waiting", "starting", "ready", "done", "failed", "idle"]),
          reason: z.string().max(WORDS_CHARS).nullable(),
        }),
      )
      .max(100)
      .default([]),
    /** Keys of the compose file that were left out, adjusted or refused. */
    notes: z
      .array(
        z.strictObject({
          file: z.string().max(NAME_CHARS),
          line: z.int().positive(),
          key: z.string().max(NAME_CHARS),
          effect: z.enum(["dropped", "adjusted", "refused"]),
          message: z.string().max(1_000),
        }),
      )
      .max(200)
      .default([]),
    /** The commit the base stack runs; null: there is none. */
    baseSha: z.string().max(40).nullable().default(null),
    /** Why it failed, as a stable word; null while it did not. */
    failure: z.string().max(100).nullable().default(null),
    /** Last lines of what failed. Code under review wrote them: data, never markup. */
    log: z.string().max(20_000).nullable().default(null),
    /** When it ends by itself, ISO 8601. */
    expiresAt: z.iso.datetime().nullable().default(null),
    /** Of what its driver was last asked for, a keyed hash: whether it will be changed is known without asking the driver. */
    asked: z.string().max(64).nullable().optional(),
  })
  .meta({ id: "Stack" });
export type StackPut = z.input<typeof StackSchema>;

export const DeploymentSchema = z
  .object({
    /** `<repoId>-<pr>-<sha12>`. */
    id: z.string(),
    repository: z.object({ id: z.int(), fullName: z.string() }),
    pull: z.object({ number: z.int(), title: z.string(), url: z.string().nullable(), branch: z.string() }),
    headSha: z.string(),
    hosts: z.array(z.string()),
    /** Null: it has no address yet. */
    shadowOrigin: z.string().nullable(),
    /** Null: nobody said what runs, as for servers that were there already. */
    stack: StackSchema.nullable(),
    rate: z.number(),
    mirroring: MirroringSchema,
    state: DeploymentStateSchema,
    stateReason: z.string().nullable(),
    /** ISO 8601 in UTC, as all times of the API. */
    createdAt: z.string(),
    closedAt: z.string().nullable(),
    lastPairAt: z.string().nullable(),
    counts: VerdictCountsSchema,
    /** Number of drifts that are not noise. */
    drifts: z.int(),
    /** The worst verdict of its pairs; null while there are none. */
    verdict: VerdictSchema.nullable(),
  })
  .meta({ id: "Deployment" });
export type Deployment = z.infer<typeof DeploymentSchema>;

/** What writes answer with: the counts of all its pairs are dear and nobody who writes needs them. */
export const DeploymentWrittenSchema = DeploymentSchema.omit({
  lastPairAt: true,
  counts: true,
  drifts: true,
  verdict: true,
}).meta({ id: "DeploymentWritten" });
export type DeploymentWritten = z.infer<typeof DeploymentWrittenSchema>;

export const DeploymentListSchema = z
  .object({ items: z.array(DeploymentSchema), nextCursor: z.string().nullable() })
  .meta({ id: "DeploymentList" });

/** Each host has a registry object, and each write of a lease calls all of them. */
const MAX_HOSTS = 50;

/** `PUT /api/deployments/{id}`: registers a shadow deployment, or updates it. */
export const DeploymentPutSchema = z
  .strictObject({
    repository: z.strictObject({ id: z.int().nonnegative(), fullName: z.string().min(1) }),
    pull: z.strictObject({
      number: z.int().nonnegative(),
      title: z.string(),
      url: z.url({ protocol: /^https?$/ }).nullable(),
      branch: z.string(),
    }),
    headSha: z.string().regex(/^[0-9a-f]{12,40}$/),
    /** Production host names (without port) whose traffic is mirrored to it. Without one it never gets ready. */
    hosts: z.array(z.string().min(1).max(253)).max(MAX_HOSTS),
    /**
     * `https://` and a name under a suffix that the operator lists; in local mode this machine's own addresses too.
     * Null: it has no address yet, and cannot get ready.
     */
    shadowOrigin: z.string().max(300).nullable(),
    stack: StackSchema.nullable().default(null),
    /** Share of requests to mirror. Default: the operator's default rate. */
    rate: z.number().min(0).max(1).optional(),
    methods: z.array(MethodSchema).min(1).max(20).default(["GET", "HEAD"]),
    controlShare: z.number().min(0).max(1).default(0),
    /** Headers sent in place of the user's credentials. */
    credentials: CredentialsSchema.default({}),
    ...MIRRORING_PUT,
    compare: ComparingSchema.prefault({}),
  })
  .meta({ id: "DeploymentPut" });
export type DeploymentPut = z.infer<typeof DeploymentPutSchema>;
/** What a caller has to send of it: keys with a default may be left out. */
export type DeploymentPutBody = z.input<typeof DeploymentPutSchema>;

/** `POST /api/deployments/{id}/state`. */
export const DeploymentStatePostSchema = z
  .strictObject({
    state: DeploymentStateSchema.exclude(["closed"]),
    reason: z.string().max(WORDS_CHARS).nullable().default(null),
  })
  .meta({ id: "DeploymentStatePost" });
export type DeploymentStatePost = z.input<typeof DeploymentStatePostSchema>;

/** `POST /api/deployments/{id}/lease`: the answer says until when the routes hold. */
export const LeaseSchema = z.object({ expiresAt: z.string() }).meta({ id: "Lease" });
