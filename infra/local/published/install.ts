/** Installs one published version of a package into a folder of its own, once. Nothing of it enters this project's dependencies. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ChildFailed } from "../processes.ts";

interface Published {
  readonly name: string;
  readonly version: string;
}

/**
 * Makes sure `name@version` is installed below `root`.
 * @returns the path of the package's command-line entry. Throws `ChildFailed`, with npm's words, when it cannot be installed.
 */
export async function installPublished(root: string, { name, version }: Published): Promise<string> {
  const folder = join(root, `${name}-${version}`);
  const home = join(folder, "node_modules", name);
  if (!existsSync(join(home, "package.json"))) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
    await npm(folder, ["install", "--ignore-scripts", "--no-audit", "--no-fund", `${name}@${version}`]);
  }
  // `as`: the package's own manifest; `bin` is checked right below.
  const { bin } = JSON.parse(await readFile(join(home, "package.json"), "utf8")) as {
    bin?: string | Record<string, string>;
  };
  const entry = typeof bin === "string" ? bin : bin?.[name];
  if (entry === undefined) throw new Error(`${name}@${version} has no command of its own name`);
  return join(home, entry);
}

function npm(cwd: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", [...args], { cwd, stdio: ["ignore", "ignore", "pipe"] });
    const words: string[] = [];
    child.stderr.on("data", (chunk: Buffer) => words.push(chunk.toString()));
    child.on("error", (error) => reject(new ChildFailed(`npm could not be started: ${error.message}`)));
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new ChildFailed(`npm ${args.join(" ")} failed: ${words.join("").trim()}`)),
    );
  });
}
