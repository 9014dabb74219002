/** Writes a file whole or not at all: whoever reads the results of a run that was ended sees the old ones or the new ones. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { messageOf } from "../error-text.ts";

/** Where results go when nobody says it: what is called so by the probes that teams have already. */
export function defaultOutput(): string {
  return join(tmpdir(), "shadow_probe_results.json");
}

/** Null, or why it could not be written. Folders that are missing are made. */
export async function writeWhole(path: string, text: string): Promise<string | null> {
  const beside = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, text);
    await rename(beside, path);
    return null;
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    return `Cannot write ${path}: ${messageOf(error)}.`;
  }
}
