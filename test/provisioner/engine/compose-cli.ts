/**
 * docker compose of version 2 for tests: the one that is installed, or the program out of Debian's package, which is fetched once into a
 * cache folder and unpacked there, checked against the list's own sum. Nothing is installed on the machine.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type ComposeProgram, findComposeCommand } from "../../../infra/provisioner/drivers/docker/compose-cli.ts";
import { DEFAULT_DOCKER_HOST } from "../../../infra/provisioner/drivers/docker/engine.ts";

const PACKAGE = {
  /** Of an archive of Debian's packages. */
  path: "pool/main/d/docker-compose/docker-compose_2.26.1-4_amd64.deb",
  sha256: "47681197cb2b1ab88206b42a1a92fc75f50d9530a6322d03494a473eed0408ea",
  program: "usr/libexec/docker/cli-plugins/docker-compose",
} as const;

const FOLDER = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "shadow-infra-test",
  "docker-compose-2.26.1",
);
const FETCH_LIMIT_MS = 60_000;
const run = promisify(execFile);

/** Null: there is none, and none can be had. */
export async function composeCommand(): Promise<ComposeProgram["command"] | null> {
  const installed = await findComposeCommand(process.env, process.env.DOCKER_HOST ?? DEFAULT_DOCKER_HOST);
  if (installed !== null) return installed;
  const program = join(FOLDER, "docker-compose");
  if (existsSync(program)) return [program];
  try {
    await fetchTo(program);
    return [program];
  } catch {
    return null;
  }
}

/** From the archives that this machine installs its packages from. */
async function packageBytes(): Promise<Buffer> {
  const { stdout } = await run("apt-get", ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]);
  const archives = [...new Set(stdout.split("\n").filter((line) => /^https?:/.test(line)))];
  for (const archive of archives) {
    const bytes = await bytesAt(new URL(PACKAGE.path, archive)).catch(() => null);
    if (bytes !== null && createHash("sha256").update(bytes).digest("hex") === PACKAGE.sha256) return bytes;
  }
  throw new Error("no archive has the package");
}

async function bytesAt(url: URL): Promise<Buffer> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_LIMIT_MS) });
  return Buffer.from(await answer.arrayBuffer());
}

async function fetchTo(program: string): Promise<void> {
  if (process.arch !== "x64") throw new Error("the package is of another architecture");
  const bytes = await packageBytes();
  await mkdir(FOLDER, { recursive: true });
  const scratch = join(tmpdir(), `docker-compose-${process.pid}`);
  await mkdir(scratch, { recursive: true });
  await writeFile(join(scratch, "package.deb"), bytes);
  await run("sh", ["-c", `dpkg-deb --fsys-tarfile package.deb | tar -x ./${PACKAGE.program}`], { cwd: scratch });
  // Whole or not at all, also where two tests do this at once.
  await writeFile(`${program}.${process.pid}`, await readFile(join(scratch, PACKAGE.program)));
  await chmod(`${program}.${process.pid}`, 0o755);
  await rename(`${program}.${process.pid}`, program);
  await rm(scratch, { recursive: true, force: true });
}
