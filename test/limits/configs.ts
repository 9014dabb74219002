/**
 * Wrangler files for the watched Workers: the real ones with another `main`, in a folder that is deleted with the process.
 * Everything else in them is the real file's, with its paths rewritten.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { parse, stringify } from "smol-toml";
import type { TestHarness } from "wrangler";
import { z } from "zod";
import { ROOT } from "../layout/project-tree.ts";
import type { BindingKind } from "./bindings.ts";
import { LIMITS_HOST, type Violation, type Watched } from "./limits.ts";
import type { Watching } from "./worker.ts";

const Named = z.looseObject({ binding: z.string() });
const Objects = z.looseObject({ bindings: z.array(z.looseObject({ name: z.string() })).default([]) });
const ConfigSchema = z.looseObject({
  name: z.string(),
  main: z.string(),
  tsconfig: z.string().optional(),
  queues: z.looseObject({ producers: z.array(Named).default([]) }).default({ producers: [] }),
  d1_databases: z.array(z.looseObject({ binding: z.string(), migrations_dir: z.string().optional() })).default([]),
  r2_buckets: z.array(Named).default([]),
  services: z.array(Named).default([]),
  durable_objects: Objects.default({ bindings: [] }),
  migrations: z.array(z.looseObject({ new_sqlite_classes: z.array(z.string()).default([]) })).default([]),
});
type Config = z.infer<typeof ConfigSchema>;

/**
 * Writes the wrangler file of a watched Worker and returns its path. `worker` is the name the shim uses (the tee's limits are
 * stricter), `realConfig` the Worker's own file, relative to the project.
 */
export function watchedConfig(worker: string, realConfig: string): string {
  const realFile = resolve(ROOT, realConfig);
  const { env: _environments, ...config } = ConfigSchema.parse(parse(readFileSync(realFile, "utf8")));
  const folder = join(temporaryFolder(), worker);
  mkdirSync(folder, { recursive: true });
  // Paths of a wrangler file are read from where it lies.
  const at = (path: string): string => relative(folder, resolve(dirname(realFile), path));
  const main = join(folder, "index.mjs");
  writeFileSync(main, entry(resolve(dirname(realFile), config.main), config, { worker, bindings: kindsOf(config) }));
  const file = join(folder, "wrangler.toml");
  const watched = {
    ...config,
    main,
    // The bundler finds each source file's own; wrangler looks for a named one in the wrong folder.
    tsconfig: undefined,
    d1_databases: config.d1_databases.map((one) =>
      one.migrations_dir === undefined ? one : { ...one, migrations_dir: at(one.migrations_dir) },
    ),
  };
  writeFileSync(file, stringify(watched));
  return file;
}

let made: string | undefined;

function temporaryFolder(): string {
  if (made !== undefined) return made;
  const folder = mkdtempSync(join(tmpdir(), "limits-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  made = folder;
  return folder;
}

function kindsOf(config: Config): Readonly<Record<string, BindingKind>> {
  const rows: readonly (readonly [BindingKind, readonly string[]])[] = [
    ["queue", config.queues.producers.map((one) => one.binding)],
    ["d1", config.d1_databases.map((one) => one.binding)],
    ["r2", config.r2_buckets.map((one) => one.binding)],
    ["service", config.services.map((one) => one.binding)],
    ["objects", config.durable_objects.bindings.map((one) => one.name)],
  ];
  return Object.fromEntries(rows.flatMap(([kind, names]) => names.map((name) => [name, kind] as const)));
}

/** The watched Worker's module: the real one's exports, each with the shim around it. */
function entry(realMain: string, config: Config, watching: Watching): string {
  const classes = config.migrations.flatMap((one) => one.new_sqlite_classes);
  const worker = JSON.stringify(join(import.meta.dirname, "worker.ts"));
  const objects = classes.map((name) => `export const ${name} = watchedObject(real.${name}, watching);`);
  return [
    `import { watchedObject, watchedWorker } from ${worker};`,
    `import * as real from ${JSON.stringify(realMain)};`,
    `const watching = ${JSON.stringify(watching)};`,
    "export default watchedWorker(real.default, watching);",
    ...(classes.length === 0 ? ["void watchedObject;"] : objects),
    "",
  ].join("\n");
}

/** What the shim of a Worker has seen, by the Worker's deployed name. */
export async function watchedBy(harness: TestHarness, name: string): Promise<Watched> {
  const response = await harness.getWorker(name).fetch(`http://${LIMITS_HOST}/`);
  // The shim wrote it in this shape.
  return (await response.json()) as Watched;
}

/** Violations of all these Workers. Throws where the shim has watched nothing, because then it was not there. */
export async function violationsOf(harness: TestHarness, names: readonly string[]): Promise<readonly Violation[]> {
  const all = await Promise.all(names.map(async (name) => [name, await watchedBy(harness, name)] as const));
  for (const [name, { invocations }] of all)
    if (invocations === 0) throw new Error(`the limits shim saw nothing of ${name}`);
  return all.flatMap(([, { violations }]) => violations);
}
