/** The environment of a command: what is set, and below it the project's `.env` file, where there is one. */
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { Environment } from "./read.ts";

/** What is set goes before the file. The file's values are plain text: nothing in them is expanded or run. */
export function environmentWith(file: string, env: Environment): Environment {
  return existsSync(file) ? { ...parseEnv(readFileSync(file, "utf8")), ...env } : env;
}
