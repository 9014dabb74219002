/**
 * Writes the next migration for indexes that are missing. One that the definitions lack is added there, and drizzle makes the migration of it, so
 * both go on saying the same; one that the migrations have and a database has lost is created again by a migration of its own.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Candidate } from "./candidates.ts";
import { withIndex } from "./definition.ts";

/** A migration could not be written; the message says why, and what to do by hand. */
export class MigrationFailed extends Error {}

/** Paths of all files that were written, from `root` on. Throws `MigrationFailed`. */
export function writeMigrations(root: string, indexes: readonly Candidate[]): readonly string[] {
  const lost = indexes.filter(({ definedIn }) => definedIn !== null);
  const wanted = indexes.filter(({ definedIn }) => definedIn === null);
  return [
    ...(lost.length === 0 ? [] : restore(root, lost)),
    ...wanted.map((index) => define(root, index)),
    ...(wanted.length === 0 ? [] : generate(root, ["--name", `index_${wanted[0]?.table ?? ""}`])),
  ];
}

function restore(root: string, lost: readonly Candidate[]): readonly string[] {
  const files = generate(root, ["--custom", "--name", "restore_indexes"]);
  const statements = lost.map(({ sql }) => sql.replace(/INDEX `/, "INDEX IF NOT EXISTS `"));
  for (const file of files) writeFileSync(join(root, file), `${statements.join("--> statement-breakpoint\n")}\n`);
  return files;
}

function define(root: string, index: Candidate): string {
  for (const file of globSync("migrations/*.ts", { cwd: root }).toSorted()) {
    const source = readFileSync(join(root, file), "utf8");
    const changed = withIndex(source, index);
    if (changed === null) continue;
    writeFileSync(join(root, file), changed);
    return file;
  }
  throw new MigrationFailed(
    `No file of migrations/ defines ${index.table} in a form that could be changed. Add index("${index.name}") there, then run npm run migrations:generate.`,
  );
}

/** The SQL files that are there afterwards and were not before. */
function generate(root: string, args: readonly string[]): readonly string[] {
  const files = () => globSync("migrations/*.sql", { cwd: root }).toSorted();
  const before = new Set(files());
  const program = join(root, "node_modules", "drizzle-kit", "bin.cjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "generate", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new MigrationFailed(`drizzle-kit generate failed: ${stderr || stdout}`);
  return files().filter((file) => !before.has(file));
}
