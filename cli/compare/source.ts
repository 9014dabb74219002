/** Input that can be read twice: a file as it is, anything that flows (standard input, a pipe) by way of a temporary copy. */
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { openInput } from "./streams.ts";

/** Bytes as often as they are asked for. */
export interface Source {
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** `file` for one reading. */
export function oneReading(file: string): Source {
  return { open: () => openInput(file) };
}

/** `file` for several readings. The copy is readable by this user only, and is gone when the process ends. */
export async function severalReadings(file: string): Promise<Source> {
  if (file !== "-" && statSync(file).isFile()) return oneReading(file);
  const folder = temporaryFolder();
  const copy = join(folder, "input");
  await pipeline(openInput(file), createWriteStream(copy, { mode: 0o600 }));
  return { open: () => createReadStream(copy) };
}

/** A folder that is removed when the process ends, however it ends except by `kill -9`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "shadow-infra-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
