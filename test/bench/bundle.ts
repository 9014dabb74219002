/** Builds Workers as a deployment would and reads what their wrangler files say of them, so that the real ones are measured. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "smol-toml";
import { z } from "zod";
import { type Command, type Running, runToEnd } from "../../infra/local/processes.ts";
import { ROOT } from "../layout/project-tree.ts";

const WRANGLER = join(ROOT, "node_modules", "wrangler", "wrangler-dist", "cli.js");

const ConfigSchema = z.object({
  name: z.string(),
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()).default([]),
  vars: z.record(z.string(), z.string()).default({}),
  secrets: z.object({ required: z.array(z.string()) }).default({ required: [] }),
  durable_objects: z
    .object({ bindings: z.array(z.object({ name: z.string(), class_name: z.string() })) })
    .default({ bindings: [] }),
  queues: z.object({ producers: z.array(z.object({ binding: z.string() })).default([]) }).default({ producers: [] }),
  d1_databases: z.array(z.object({ binding: z.string() })).default([]),
  r2_buckets: z.array(z.object({ binding: z.string() })).default([]),
});
type Config = z.infer<typeof ConfigSchema>;

/** A built Worker: its settings and its one module. */
export interface Bundle {
  readonly config: Config;
  readonly moduleFile: string;
}

/** Bundles the Worker of a wrangler file (relative to the project) into a folder of its own under `folder`. */
export async function bundle(
  configFile: string,
  folder: string,
  start: (command: Command) => Running,
): Promise<Bundle> {
  const config = ConfigSchema.parse(parse(readFileSync(join(ROOT, configFile), "utf8")));
  const outdir = join(folder, config.name);
  await runToEnd(
    start({
      title: `Building ${config.name}`,
      program: process.execPath,
      args: ["--no-warnings", WRANGLER, "deploy", "--dry-run", "--env=", "--outdir", outdir, "-c", configFile],
      cwd: ROOT,
      env: { ...process.env, WRANGLER_SEND_METRICS: "false", XDG_CONFIG_HOME: folder, CI: "1" },
      logFile: join(folder, `${config.name}.log`),
    }),
  );
  return { config, moduleFile: join(outdir, "index.js") };
}

/** Sizes of a bundle, gzipped as Cloudflare counts them, bytes. */
export interface BundleSize {
  readonly all: number;
  /** Without the engine for users' patterns, which is part of the file and run only where a deployment has a pattern. */
  readonly withoutPatterns: number;
}

export function gzippedBytes({ moduleFile }: Bundle): BundleSize {
  const code = readFileSync(moduleFile, "utf8");
  const gzipped = (text: string): number => gzipSync(text).byteLength;
  return { all: gzipped(code), withoutPatterns: gzipped(withoutSection(code, PATTERN_ENGINE)) };
}

/** How the bundler begins each source file: a comment with its path. */
const SECTION = /^\/\/ (?=\S+\.[cm]?[jt]s$)/m;
const PATTERN_ENGINE = "node_modules/re2js/";

function withoutSection(code: string, path: string): string {
  const sections = code.split(SECTION);
  const kept = sections.filter((section) => !section.startsWith(path));
  if (kept.length === sections.length) throw new Error(`the bundle has no part that begins with ${path}`);
  return kept.join("// ");
}
