/** The answer breaks what the repository's OpenAPI file promises of it, and the reference's does not. */
import type { Rule } from "./rule.ts";

export const contractViolated: Rule = {
  id: "contract-violated",
  title: "OpenAPI contract broken",
  why: "Clients that were made from the OpenAPI file fail on it.",
  example: '`$.state` was "open" and is "gone", which the file does not list',
  severity: "Warning",
  // It was proved by the contract: nobody's opinion makes it Safe.
  floor: "Warning",
  ceiling: "Critical",
};
