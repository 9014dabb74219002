/** What the schema of SARIF 2.1.0 says against a log: the one of OASIS, as Microsoft's matchers carry it. Only that file is taken from their package. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Schema, Validator } from "@cfworker/json-schema";

const require = createRequire(import.meta.url);
const place = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
// A published schema; what is none would find no fault, and a test sees that it finds some.
const schema = JSON.parse(readFileSync(place, "utf8")) as Schema;
const validator = new Validator(schema, "7", false);

/** `place: what is wrong there`; empty for a sound log. */
export function sarifFaults(text: string): readonly string[] {
  const log: unknown = JSON.parse(text);
  return validator.validate(log).errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}
