/** Where the start speaks to people: progress and notices. With `--json` all of it goes to standard error. */
import { createColors } from "picocolors";

export interface Screen {
  readonly colors: ReturnType<typeof createColors>;
  /** Progress and notices, line by line. */
  say(line: string): void;
  /** Overwrites the last line on a terminal; elsewhere silent, so that logs stay short. */
  live(line: string): void;
  /** The result: standard output in any mode. */
  print(text: string): void;
}

/** `NO_COLOR`, `TERM=dumb` and pipes get plain text. */
export function openScreen(json: boolean): Screen {
  const stream = json ? process.stderr : process.stdout;
  const plain = !stream.isTTY || process.env["NO_COLOR"] || process.env["TERM"] === "dumb";
  let liveShown = false;
  const clear = (): string => (liveShown ? "\r\u001B[2K" : "");
  // A reader that went away (`| head`) is no reason to fall over before everything is stopped.
  for (const one of [process.stdout, process.stderr]) one.on("error", () => undefined);
  return {
    // A boolean in any case: undefined would leave the choice to the library, which colours whatever runs in CI.
    colors: createColors(!plain),
    say(line) {
      stream.write(`${clear()}${line}\n`);
      liveShown = false;
    },
    live(line) {
      if (!stream.isTTY) return;
      stream.write(`\r\u001B[2K${line}`);
      liveShown = true;
    },
    print(text) {
      if (liveShown) stream.write("\n");
      liveShown = false;
      process.stdout.write(`${text}\n`);
    },
  };
}
