/**
 * What a deploy reads of a Worker's wrangler.toml: the schema, and one environment of it as plain data.
 * Apart from the checks, so that they never see TOML. wrangler itself validates the rest.
 */
import { z } from "zod";

/** The environments a deploy knows. Without one wrangler uses the top level of the file: that is the local start's. */
export const ENVIRONMENTS = ["staging", "production"] as const;
/** One of them. */
export type Environment = (typeof ENVIRONMENTS)[number];

const RouteSchema = z.union([
  z.string(),
  z.object({
    pattern: z.string(),
    zone_name: z.string().optional(),
    zone_id: z.string().optional(),
    custom_domain: z.boolean().optional(),
  }),
]);

const MigrationsSchema = z.array(z.object({ new_sqlite_classes: z.array(z.string()).default([]) }));

const BlockSchema = z.object({
  name: z.string().optional(),
  routes: z.array(RouteSchema).default([]),
  workers_dev: z.boolean().optional(),
  preview_urls: z.boolean().optional(),
  vars: z.record(z.string(), z.unknown()).default({}),
  triggers: z.object({ crons: z.array(z.string()).default([]) }).default({ crons: [] }),
  secrets: z.object({ required: z.array(z.string()).default([]) }).default({ required: [] }),
  durable_objects: z
    .object({
      bindings: z.array(z.object({ name: z.string(), class_name: z.string(), script_name: z.string().optional() })),
    })
    .default({ bindings: [] }),
  queues: z
    .object({
      producers: z.array(z.object({ binding: z.string(), queue: z.string() })).default([]),
      consumers: z.array(z.object({ queue: z.string(), dead_letter_queue: z.string().optional() })).default([]),
    })
    .default({ producers: [], consumers: [] }),
  r2_buckets: z.array(z.object({ binding: z.string(), bucket_name: z.string() })).default([]),
  d1_databases: z
    .array(z.object({ binding: z.string(), database_name: z.string(), database_id: z.string() }))
    .default([]),
  services: z.array(z.object({ binding: z.string(), service: z.string() })).default([]),
  migrations: MigrationsSchema.optional(),
});

const WorkerConfigSchema = BlockSchema.extend({
  name: z.string(),
  compatibility_date: z.string(),
  env: z.record(z.string(), BlockSchema).default({}),
});

type Block = z.infer<typeof BlockSchema>;

/** A whole wrangler.toml of a Worker. */
export type WorkerConfig = z.infer<typeof WorkerConfigSchema>;

/** One Worker as one environment of its file describes it. */
export interface Deployable extends Block {
  /** The file, relative to the project, for messages. */
  readonly file: string;
  /** The name it is deployed under: `<name>-<env>`, which is what other Workers must refer to. */
  readonly name: string;
  readonly compatibility_date: string;
  /** Durable Object classes this Worker defines. An environment inherits migrations unless it has its own. */
  readonly classes: readonly string[];
}

/** Checks what TOML said. Throws a ZodError that names the key. */
export function parseWorkerConfig(raw: unknown): WorkerConfig {
  return WorkerConfigSchema.parse(raw);
}

/**
 * One environment of a file, or its top level (`undefined`). An environment that the file lacks comes out empty, because
 * that is what wrangler makes of it: nothing but the three keys below is inherited that matters here.
 */
export function deployableOf(file: string, config: WorkerConfig, environment?: Environment): Deployable {
  const block = environment === undefined ? config : (config.env[environment] ?? BlockSchema.parse({}));
  return {
    ...block,
    file,
    name: environment === undefined ? config.name : (block.name ?? `${config.name}-${environment}`),
    workers_dev: block.workers_dev ?? config.workers_dev,
    preview_urls: block.preview_urls ?? config.preview_urls,
    compatibility_date: config.compatibility_date,
    classes: (block.migrations ?? config.migrations ?? []).flatMap((migration) => migration.new_sqlite_classes),
  };
}
