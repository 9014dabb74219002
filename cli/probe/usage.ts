/** Wrong usage or configuration, in sentences: the one way in which whoever reads flags and files says so to the command. */
import { readFileSync } from "node:fs";
import { messageOf } from "../error-text.ts";

/** The command prints the message and ends with the exit code of wrong usage. */
export class UsageError extends Error {}

/** Of a file as it is `named` by the user. Throws a `UsageError`. */
export function textOf(path: string, named: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`Cannot read ${named}: ${messageOf(error)}.`);
  }
}
