/** Set-up that later starts skip: the pages' build and the tables. What was done is remembered by a hash of its sources. */
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Command, type Running, runToEnd } from "./processes.ts";
import { buildPagesCommand, migrationsCommand, ROOT, type WranglerPlace } from "./wrangler.ts";

export interface SetupStep {
  readonly title: string;
  /** Set when there is nothing to do, with the reason. */
  readonly skipped?: string;
  run(start: (command: Command) => Running): Promise<void>;
}

/** The tables of the local database, applied once per state folder and migration. */
export function migrationsStep(at: WranglerPlace): SetupStep {
  const hash = hashOf(ROOT, ["migrations/*.sql"]);
  const stamp = join(at.stateDir, "migrations.stamp");
  return {
    title: "Migrations",
    skipped: readStamp(stamp) === hash ? "applied already" : undefined,
    async run(start) {
      await runToEnd(start(migrationsCommand(at)));
      writeFileSync(stamp, hash);
    },
  };
}

const BUILT = join(ROOT, "pages", "dist", "index.html");

/** The pages, built when a source of theirs changed. */
export function pagesStep(at: WranglerPlace): SetupStep {
  const hash = hashOf(ROOT, [
    "pages/**/*.{ts,tsx,css,html,json,svg,toml}",
    "core/{wire,pair,compare,verdict}/**/*.ts",
    "package-lock.json",
  ]);
  const stamp = join(ROOT, "node_modules", ".cache", "shadow-infra", "pages.stamp");
  return {
    title: "Pages",
    skipped: existsSync(BUILT) && readStamp(stamp) === hash ? "built already" : undefined,
    async run(start) {
      await runToEnd(start(buildPagesCommand(at)));
      mkdirSync(dirname(stamp), { recursive: true });
      writeFileSync(stamp, hash);
    },
  };
}

function readStamp(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

/** Hash of names and contents of the files below `root` that match, in a fixed order. What was built or installed does not count. */
export function hashOf(root: string, patterns: readonly string[]): string {
  const ignored = /(?:^|[/\\])(?:dist|node_modules|\.wrangler)(?:[/\\]|$)/;
  const files = globSync(patterns, { cwd: root, exclude: (path) => ignored.test(path) }).toSorted();
  const hash = createHash("sha256");
  for (const file of files) {
    const path = join(root, file);
    if (statSync(path).isFile()) hash.update(file).update(readFileSync(path));
  }
  return hash.digest("hex");
}
