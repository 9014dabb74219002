/** Repositories for tests: every commit of one in a single process, from plain data. No work tree unless a test writes one. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Step {
  readonly message: string;
  /** Null deletes. */
  readonly files?: Readonly<Record<string, string | Buffer | null>>;
  /** `main` before `change` begins; default: `change`. */
  readonly branch?: string;
  /** Another branch to begin from, where the branch is new. */
  readonly from?: string;
  /** Branches that are merged; their files have to be said. */
  readonly merges?: readonly string[];
  /** Modes of files that are not plain: `120000` for a symbolic link. */
  readonly modes?: Readonly<Record<string, string>>;
}

const folders: string[] = [];

/** A folder with a repository whose HEAD is the branch `change`. */
export function repository(steps: readonly Step[]): string {
  const folder = mkdtempSync(join(tmpdir(), "governance-"));
  folders.push(folder);
  git(folder, ["init", "-q", "-b", "change"]);
  if (steps.length > 0)
    execFileSync("git", ["fast-import", "--quiet"], { cwd: folder, input: Buffer.concat(streamOf(steps)) });
  return folder;
}

/** A base on `main` with some files, then commits on `change`. */
export function changed(base: Step["files"], ...steps: readonly Step[]): string {
  return repository([{ message: "Begin", branch: "main", files: { "README.md": "Begin\n", ...base } }, ...steps]);
}

export function removeRepositories(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function git(folder: string, args: readonly string[], input?: string): string {
  const who = ["-c", "user.name=A Person", "-c", "user.email=person@example.com", "-c", "commit.gpgSign=false"];
  return execFileSync("git", [...who, ...args], {
    cwd: folder,
    encoding: "utf8",
    input,
    stdio: ["pipe", "pipe", "pipe"],
  });
}

function streamOf(steps: readonly Step[]): readonly Buffer[] {
  const known = new Set<string>();
  return steps.flatMap((step, n) => {
    const { branch = "change", from = branch === "change" ? "main" : undefined } = step;
    const start = !known.has(branch) && from !== undefined && known.has(from) ? [line(`from refs/heads/${from}`)] : [];
    known.add(branch);
    return [
      line(`commit refs/heads/${branch}`),
      line(`committer A Person <person@example.com> ${1_700_000_000 + n} +0000`),
      ...data(Buffer.from(step.message)),
      ...start,
      ...(step.merges ?? []).map((other) => line(`merge refs/heads/${other}`)),
      ...Object.entries(step.files ?? {}).flatMap(([path, content]) => fileLines(path, content, step.modes?.[path])),
      line(""),
    ];
  });
}

function fileLines(path: string, content: string | Buffer | null, mode = "100644"): readonly Buffer[] {
  const name = JSON.stringify(path);
  if (content === null) return [line(`D ${name}`)];
  if (mode === "160000") return [line(`M ${mode} ${content.toString()} ${name}`)];
  return [line(`M ${mode} inline ${name}`), ...data(Buffer.from(content))];
}

function data(bytes: Buffer): readonly Buffer[] {
  return [line(`data ${bytes.length}`), bytes, line("")];
}

function line(text: string): Buffer {
  return Buffer.from(`${text}\n`);
}
