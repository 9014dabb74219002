/** The project's wrangler files as plain data, to be changed by a test. Apart, because two tests begin with them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, type TomlTable } from "smol-toml";
import { parsePagesConfig } from "../../cli/deploy/pages-config.ts";
import { PROJECT_ROOT, type Project, projectOf } from "../../cli/deploy/project.ts";
import { parseWorkerConfig } from "../../cli/deploy/worker-config.ts";

/** The four files, each as TOML says. */
export interface ProjectFiles {
  report: TomlTable;
  compare: TomlTable;
  tee: TomlTable;
  pages: TomlTable;
}

/** Read anew each time, so that a test may change what it gets. */
export function projectFiles(): ProjectFiles {
  const read = (file: string): TomlTable => parse(readFileSync(join(PROJECT_ROOT, file), "utf8"));
  return {
    report: read("workers/report/wrangler.toml"),
    compare: read("workers/compare/wrangler.toml"),
    tee: read("wrangler.toml"),
    pages: read("pages/wrangler.toml"),
  };
}

/** The files arranged as a deploy sees them. */
export function arranged({ report, compare, tee, pages }: ProjectFiles): Project {
  return projectOf({
    report: parseWorkerConfig(report),
    compare: parseWorkerConfig(compare),
    tee: parseWorkerConfig(tee),
    pages: parsePagesConfig(pages),
  });
}

/** Sets or deletes (`undefined`) one value in a file, by a path such as `env.staging.queues.producers.0.queue`. */
export function put(table: TomlTable, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let place: object = table;
  for (const key of keys) {
    const next: unknown = Reflect.get(place, key);
    if (typeof next !== "object" || next === null) throw new Error(`${path} is not in the file`);
    place = next;
  }
  if (value === undefined) Reflect.deleteProperty(place, last);
  else Reflect.set(place, last, value);
}
