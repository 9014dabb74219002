/** Holds a merged compose file against the published schema of compose files, and says what is wrong in words, with its place. */
import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import { unknownKey } from "./keys.ts";
import { type MapNode, type Node, plainOf } from "./node.ts";
import { type Reading, refuse, type Spot } from "./reading.ts";

/** Errors that only pass on what is wrong further in. */
const PASSING_ON = /^(?:properties|patternProperties|additionalProperties|items|oneOf|anyOf|allOf|\$ref|dependencies)$/;

/** Mistakes of form that are told at once. */
const MAX_TOLD = 50;

/** Whether the file can be read on: unknown keys and names are said, and do no harm. What is wrong has been said. */
export function checkForm(reading: Reading, file: MapNode): boolean {
  const { valid, errors } = validatorOf(reading.source.schema).validate(plainOf(file));
  if (valid) return true;
  const leaves = leavesOf(errors);
  for (const [pointer, units] of [...leaves].slice(0, MAX_TOLD)) say(reading, file, { pointer, units });
  if (leaves.size === 0) refuse(reading, spotAt(file, []), { code: "form", message: "This is no compose file." });
  return leaves.size > 0 && [...leaves.values()].every((units) => units.some(isUnknown));
}

/** Kept from reading to reading: following the schema's references takes longer than a small file. */
const VALIDATORS = new WeakMap<object, Validator>();

function validatorOf(schema: unknown): Validator {
  // The caller passes the published schema; a schema that is none would be a fault of ours.
  const key = schema as Schema & object;
  const validator = VALIDATORS.get(key) ?? new Validator(key, "7", false);
  VALIDATORS.set(key, validator);
  return validator;
}

function isUnknown({ keyword }: OutputUnit): boolean {
  return keyword === "false";
}

/** What is wrong, by where; a place around another one that is wrong has nothing of its own to say. */
function leavesOf(errors: readonly OutputUnit[]): ReadonlyMap<string, readonly OutputUnit[]> {
  const own = errors.filter(({ keyword }) => !PASSING_ON.test(keyword));
  const grouped = Map.groupBy(own, ({ instanceLocation }) => instanceLocation);
  const around = new Set([...grouped.keys()].flatMap(pointersAround));
  return new Map([...grouped].filter(([pointer]) => !around.has(pointer)));
}

function pointersAround(pointer: string): readonly string[] {
  const steps = pointer.split("/");
  return steps.slice(1).map((_, n) => steps.slice(0, n + 1).join("/"));
}

interface Wrong {
  readonly pointer: string;
  readonly units: readonly OutputUnit[];
}

function say(reading: Reading, file: MapNode, { pointer, units }: Wrong): void {
  const path = pointer.split("/").slice(1).map(unescaped);
  const spot = spotAt(file, path);
  if (units.some(isUnknown) && path.length === 2) {
    const message = `"${(path[1] ?? "").slice(0, 80)}" is no name here. Use letters, digits, dots, _ and -.`;
    refuse(reading, spot, { code: "name", message });
    return;
  }
  if (units.some(isUnknown)) {
    unknownKey(reading, spot, pathWithItems(file, path));
    return;
  }
  const types = units.flatMap(({ keyword, error }) =>
    keyword === "type" ? (/Expected "(.*)"/.exec(error)?.[1] ?? []) : [],
  );
  const message =
    types.length > 0
      ? `It has to be ${[...new Set(types)].map((type) => WORDS[type] ?? type).join(", or ")}.`
      : `It does not have the form of this key: ${units[0]?.error ?? ""}`;
  refuse(reading, spot, { code: "form", message });
}

const WORDS: Readonly<Record<string, string>> = {
  object: "a map of keys",
  array: "a list",
  string: "a text",
  null: "empty",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
};

function unescaped(step: string): string {
  return decoded(step).replaceAll("~1", "/").replaceAll("~0", "~");
}

/** The validator writes pointers as parts of an address. */
function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function spotAt(file: Node, path: readonly string[]): Spot {
  let [node, place] = [file, file.place];
  let key = "";
  for (const step of path) {
    const entry = node.kind === "map" ? node.entries.get(step) : undefined;
    const inner = entry?.node ?? (node.kind === "list" ? node.items[Number(step)] : undefined);
    if (inner === undefined) break;
    key += node.kind === "list" ? `[${step}]` : `${key === "" ? "" : "."}${step}`;
    [node, place] = [inner, entry?.place ?? inner.place];
  }
  return { place, key };
}

/** As the table writes paths: `[]` for any item of a list. */
function pathWithItems(file: Node, path: readonly string[]): readonly string[] {
  let node: Node | undefined = file;
  return path.map((step) => {
    const within: Node | undefined = node;
    node =
      within?.kind === "list"
        ? within.items[Number(step)]
        : within?.kind === "map"
          ? within.entries.get(step)?.node
          : undefined;
    return within?.kind === "list" ? "[]" : step;
  });
}
