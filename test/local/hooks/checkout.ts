/** A repository of this project's files as they are now, with one commit and no packages: what a hook manager clones. And git for tests. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectTree, ROOT } from "../../layout/project-tree.ts";

const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
const WHO = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"];

/** How a program ended, with all it said on both streams. */
export interface Ended {
  readonly code: number;
  readonly said: string;
  readonly ms: number;
}

interface Where {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Never rejects: a refused commit is an answer. Code -1: it could not be started. */
export function ended(program: string, args: readonly string[], { cwd, env = {} }: Where): Promise<Ended> {
  const began = performance.now();
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: MAX_OUTPUT_BYTES };
  return new Promise((resolve) => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, said: stdout + stderr, ms: performance.now() - began });
    });
  });
}

/** Hooks of the repository run, settings of the machine's user do not count. */
export function git(where: Where, ...args: readonly string[]): Promise<Ended> {
  const env = { ...where.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  return ended("git", [...WHO, ...args], { cwd: where.cwd, env });
}

export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `shadow-infra-${name}-`));
}

/** The folder of the new repository. */
export async function checkout(): Promise<string> {
  const folder = temporaryFolder("checkout");
  for (const file of projectTree()) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file), { verbatimSymlinks: true });
  }
  await git({ cwd: folder }, "init", "-q");
  await git({ cwd: folder }, "add", "-A");
  const { code, said } = await git({ cwd: folder }, "commit", "-q", "-m", "Take the project as it is");
  if (code !== 0) throw new Error(said);
  return folder;
}
