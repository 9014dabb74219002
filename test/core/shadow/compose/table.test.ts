/** Every key of the published schema has a row, and every row is of a key that there is. The page names them all. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { keysBelow, rowOf, translationTable } from "../../../../core/shadow/compose/table.ts";
import { COMPOSE_SCHEMA, notesOnWeb } from "./repository.ts";

interface Schema {
  readonly $ref?: string;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

// The published schema; the first test fails where it has another form.
const SCHEMA = COMPOSE_SCHEMA as Schema;

/** Keys of the schema as paths: `*` for names, `[]` for items. What is inside `stop` rows is not walked. */
function keysOf(schema: Schema | undefined, path: readonly string[], depth = 0): readonly (readonly string[])[] {
  if (schema === undefined || depth > 14) return [];
  if (schema.$ref !== undefined)
    return keysOf(SCHEMA.definitions?.[schema.$ref.split("/").at(-1) ?? ""], path, depth + 1);
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap((one) =>
    keysOf(one, path, depth + 1),
  );
  const items = schema.items === undefined ? [] : keysOf(schema.items, [...path, "[]"], depth + 1);
  const named = Object.entries(schema.patternProperties ?? {}).flatMap(([pattern, inner]) =>
    pattern === "^x-" ? [] : [[...path, "*"], ...inside(inner, [...path, "*"], depth)],
  );
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => [
    [...path, key],
    ...inside(inner, [...path, key], depth),
  ]);
  return [...alternatives, ...items, ...named, ...own];
}

/** A row that speaks for everything inside ends the walk. */
function inside(schema: Schema, path: readonly string[], depth: number): readonly (readonly string[])[] {
  const row = rowOf(path);
  return row === undefined || row.inner === true ? keysOf(schema, path, depth + 1) : [];
}

const PATHS = [...new Set(keysOf(SCHEMA, []).map((path) => path.join(".")))];
const KEYS = PATHS.filter((path) => !path.endsWith("*"));

describe("the table of keys", () => {
  test("the schema is walked to its ends", () => {
    expect(KEYS.length).toBeGreaterThan(150);
    expect(KEYS).toContain("services.*.deploy.resources.limits.pids");
    expect(KEYS).toContain("services.*.volumes.[].tmpfs.size");
    expect(KEYS).toContain("services.*.networks.*.aliases");
  });

  test.each(KEYS)("%s has a row of its own, or lies in one that speaks for it", (key) => {
    expect(rowOf(key.split("."))).toBeDefined();
  });

  test("no row is of a key that the schema does not have", () => {
    const known = new Set(PATHS.flatMap((key) => key.split(".").map((_, n, steps) => steps.slice(0, n + 1).join("."))));
    const own = [...translationTable.keys()].filter((key) => !key.includes("x-shadow"));
    expect(own.filter((key) => !known.has(key))).toEqual([]);
  });

  test("rows that refuse have a code and say what to do", () => {
    const rows = [...translationTable.values()].filter(({ effect }) => effect !== "translated");
    expect(rows.filter(({ code }) => !/^[a-z-]+$/.test(code ?? ""))).toEqual([]);
    const refused = rows.filter(({ key, effect }) => effect === "refused" && key.startsWith("services"));
    expect(refused.filter(({ advice }) => advice?.endsWith(".") !== true)).toEqual([]);
  });

  test("the page names every key with what becomes of it", () => {
    const page = readFileSync(new URL("../../../../docs/compose.md", import.meta.url), "utf8");
    const missing = [...translationTable.values()].filter(
      ({ key, effect, why }) => !page.includes(`| \`${key.replace("services.*.", "")}\` | ${effect} | ${why} |`),
    );
    expect(missing.map(({ key }) => key)).toEqual([]);
  });

  test("neighbours of a key are known, for who wrote another one", () => {
    expect(keysBelow(["services", "web", "healthcheck"])).toContain("start_period");
    expect(keysBelow(["services", "web", "volumes", "[]"])).toContain("read_only");
  });
});

describe("keys that are left out", () => {
  const LEFT: readonly (readonly [string, string])[] = [
    ["labels: {a: b}", "label"],
    ["dns: 1.1.1.1", "dns"],
    ["logging: {driver: json-file}", "logging"],
    ["ulimits: {nofile: 1024}", "tuning"],
    ["cap_drop: [ALL]", "capability"],
    ["security_opt: ['no-new-privileges:true']", "security-option"],
    ["init: true", "init"],
    ["platform: linux/amd64", "platform"],
    ["x-mine: 1", "extension"],
    ["develop: {watch: []}", "development"],
    ["deploy: {placement: {constraints: [a]}}", "placement"],
    ["networks: {default: {ipv4_address: 10.0.0.1}}", "address"],
  ];

  test.each(LEFT)("%s is said to be left out, with its place", (keys, code) => {
    const [note, ...more] = notesOnWeb(keys).filter(({ effect }) => effect === "dropped");
    expect(more).toEqual([]);
    expect(note).toMatchObject({ code, file: "compose.yaml", line: 4 });
    expect(note?.message).not.toBe("");
  });
});
