/** The shadow has a field that should never leave a service: its name speaks of secrets or of the inside. */
import { isFieldPath, leafName, wordsOf } from "../names.ts";
import { CRITICAL_UNLESS_EXPLAINED, type DifferenceRule } from "./rule.ts";

const INSIDE = new Set(
  (
    "password passwd pwd secret secrets salt credential credentials private internal internals debug stack stacktrace traceback sql " +
    "ssn cvv pin"
  ).split(" "),
);

export const fieldLeaked: DifferenceRule = {
  id: "field-leaked",
  title: "Internal field added",
  why: "What is meant for the inside reached everybody.",
  example: "`$.password_hash` is new",
  ...CRITICAL_UNLESS_EXPLAINED,
  fires: ({ part, kind, pattern, path }) =>
    part === "body" &&
    kind === "extra" &&
    isFieldPath(path) &&
    wordsOf(leafName(pattern)).some((word) => INSIDE.has(word)),
  explain: ({ path }) => `${path} is new, and its name speaks of something internal.`,
};
