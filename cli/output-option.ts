/** `--output format=path`: reports of a run in files, beside what goes to standard output. The same for every command that has it. */
import { InvalidArgumentError, Option } from "commander";

/** One file to write. */
export interface FileOutput<Format extends string> {
  readonly format: Format;
  readonly path: string;
}

/** Reads `sarif=governance.sarif`, the path with all that follows the first =; null where it is none of these formats. */
export function readOutput<Format extends string>(text: string, formats: readonly Format[]): FileOutput<Format> | null {
  const [name = "", ...rest] = text.split("=");
  const path = rest.join("=");
  const format = formats.find((each) => each === name);
  return format === undefined || path === "" ? null : { format, path };
}

/** The option; its value is a list, empty by default. `example` is for the message. */
export function outputOption<Format extends string>(
  formats: readonly Format[],
  example: `${Format}=${string}`,
): Option {
  return new Option("--output <format=path>", `write a file as well, may be repeated: ${formats.join(", ")}`)
    .default([], "none")
    .argParser((text: string, before: readonly FileOutput<Format>[]) => {
      const output = readOutput(text, formats);
      if (output !== null) return [...before, output];
      throw new InvalidArgumentError(`Expected format=path with one of ${formats.join(", ")}, such as ${example}.`);
    });
}
