/** The JSON Schema of compose files: the current one is in `dclint`, of which only this file is read and nothing is run. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export function readComposeSchema(): unknown {
  const folder = dirname(createRequire(import.meta.url).resolve("dclint/package.json"));
  return JSON.parse(readFileSync(join(folder, "schemas/compose.schema.json"), "utf8"));
}
