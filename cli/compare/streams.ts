/** The command's ends: a file or standard input to read, standard output to write with its backpressure. */
import { once } from "node:events";
import { createReadStream } from "node:fs";
import type { Output } from "./run.ts";

/** Milliseconds between two updates of the progress line. */
const PROGRESS_INTERVAL_MS = 200;

/** Malformed lines that are named one by one. */
const MAX_NAMED = 100;

/** `-` is standard input. */
export function openInput(file: string): AsyncIterable<Uint8Array> {
  return file === "-" ? process.stdin : createReadStream(file);
}

/** Writes results to standard output and everything for people to standard error. */
export function createOutput(): Output {
  let named = 0;
  let shownAt = 0;
  return {
    write: async (line) => {
      if (!process.stdout.write(line)) await once(process.stdout, "drain");
    },
    malformed: (line, reason) => {
      named++;
      if (named <= MAX_NAMED) process.stderr.write(`line ${line}: ${reason}\n`);
      if (named === MAX_NAMED + 1)
        process.stderr.write("More malformed lines follow; they are counted and not named.\n");
    },
    progress: (judged) => {
      if (!process.stderr.isTTY || Date.now() - shownAt < PROGRESS_INTERVAL_MS) return;
      shownAt = Date.now();
      process.stderr.write(`\r${judged} pairs judged`);
    },
  };
}

/** A reader that closed early (`| head`) has what it wanted: no error, no stack trace. */
export function leaveQuietlyOnClosedPipe(exitCode: number): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(exitCode);
    throw error;
  });
}
