/**
 * Images for tests on a real cluster, without any registry: the command in SHADOW_INFRA_TEST_IMAGE_COMMAND is called with a name and a
 * folder, and makes an image whose /app is that folder, with Node and a shell, run by user 1000. What the cluster runs can pull nothing.
 */
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const HERE = import.meta.dirname;
const GATEWAY = join(HERE, "..", "..", "..", "infra", "gateway");

/** Null: nobody said how images are made. */
export function imageCommand(): readonly string[] | null {
  const words = (process.env.SHADOW_INFRA_TEST_IMAGE_COMMAND ?? "").split(" ").filter((word) => word !== "");
  return words.length === 0 ? null : words;
}

/** The folder becomes /app; `version.txt` in it says which version it is. */
export async function makeAppImage(name: string, version: string): Promise<string> {
  return withFolder(join(HERE, "app"), async (folder) => {
    await writeFile(join(folder, "version.txt"), version);
    await makeImage(name, folder, ["node", "web.mjs"]);
    return name;
  });
}

/** The gateway as the provisioner's image has it: under /app, with the program that waits for dependencies. */
export async function makeGatewayImage(name: string): Promise<string> {
  return withFolder(GATEWAY, async (folder) => {
    await makeImage(name, folder, ["node", "gateway.mjs"]);
    return name;
  });
}

async function withFolder<T>(source: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "shadow-infra-image-"));
  try {
    await cp(source, folder, { recursive: true });
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeImage(name: string, folder: string, command: readonly string[]): Promise<void> {
  const [program, ...first] = imageCommand() ?? [];
  if (program === undefined) throw new Error("SHADOW_INFRA_TEST_IMAGE_COMMAND does not say how images are made.");
  await promisify(execFile)(program, [...first, name, folder, ...command]);
}
