/** The command's ends: a file or standard input to read, standard output and files to write with their backpressure. */
import { once } from "node:events";
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import type { Listener } from "./run.ts";

/** Milliseconds between two updates of the progress line. */
const PROGRESS_INTERVAL_MS = 200;

/** Malformed lines that are named one by one. */
const MAX_NAMED = 100;

/** `-` is standard input. */
export function openInput(file: string): AsyncIterable<Uint8Array> {
  return file === "-" ? process.stdin : createReadStream(file);
}

/** Where a format is written. */
export interface Sink {
  /** Resolves when more is taken. Rejects with a `WriteFailure`. */
  readonly write: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A report could not be written. Told from a failure to read by its `cause` and this name. */
export interface WriteFailure extends Error {
  readonly name: "WriteFailure";
}

export function isWriteFailure(error: unknown): error is WriteFailure {
  return error instanceof Error && error.name === "WriteFailure";
}

export function standardOutput(): Sink {
  return {
    write: async (text) => {
      if (!process.stdout.write(text)) await once(process.stdout, "drain");
    },
    close: () => Promise.resolve(),
  };
}

/** Opens the file for writing at once, so that a path that cannot be written is known before anything is judged. */
export async function fileOutput(path: string): Promise<Sink> {
  const stream = createWriteStream(path);
  const failed = Promise.withResolvers<never>();
  stream.on("error", (error) => failed.reject(writeFailure(path, error)));
  failed.promise.catch(() => {});
  const orFail = <T>(done: Promise<T>): Promise<T> => Promise.race([done, failed.promise]);
  await orFail(once(stream, "open"));
  return {
    write: async (text) => {
      if (!stream.write(text)) await orFail(once(stream, "drain"));
    },
    close: () => orFail(ended(stream)),
  };
}

function ended(stream: WriteStream): Promise<void> {
  return new Promise((resolve) => stream.end(resolve));
}

function writeFailure(path: string, cause: Error): Error {
  const error = new Error(`Cannot write ${path}: ${cause.message}.`, { cause });
  error.name = "WriteFailure";
  return error;
}

/** What people read on standard error while a run goes on. */
export function createProgress(): Pick<Listener, "malformed"> & {
  readonly show: (words: string) => void;
  readonly clear: () => void;
} {
  let named = 0;
  let shownAt = 0;
  let width = 0;
  const clear = (): void => {
    if (width > 0) process.stderr.write(`\r${" ".repeat(width)}\r`);
    width = 0;
  };
  return {
    malformed: (line, reason) => {
      named++;
      clear();
      if (named <= MAX_NAMED) process.stderr.write(`line ${line}: ${reason}\n`);
      if (named === MAX_NAMED + 1)
        process.stderr.write("More malformed lines follow; they are counted and not named.\n");
    },
    show: (words) => {
      if (!process.stderr.isTTY || Date.now() - shownAt < PROGRESS_INTERVAL_MS) return;
      shownAt = Date.now();
      process.stderr.write(`\r${words.padEnd(width)}`);
      width = Math.max(width, words.length);
    },
    clear,
  };
}

/** A reader that closed early (`| head`) has what it wanted: no error, no stack trace. */
export function leaveQuietlyOnClosedPipe(exitCode: number): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(exitCode);
    throw error;
  });
}
