/** The files that belong to the project: what git tracks or would track. Apart, because every layout test begins with it. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the project, absolute. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Paths relative to the root, with slashes, of files that exist and are not ignored. */
export function projectTree(): readonly string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const listed = execFileSync("git", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return [...new Set(listed.split("\0"))].filter((file) => file !== "" && existsSync(join(ROOT, file)));
}

/** True for what a person or a compiler reads as source, but not for what a tool has generated. */
export function isSource(file: string): boolean {
  return /\.(ts|tsx|mjs|js)$/.test(file) && !file.endsWith(".d.ts");
}

/** A file's text. */
export function textOf(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}
