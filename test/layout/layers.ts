/**
 * The layout as tables: who may import whom, and which package may be imported where. Dependencies point inwards.
 * `violations` is the whole checker; the test beside it runs it over the tree and over files that break each rule.
 */
import type { SourceFacts } from "./source-facts.ts";

/** One import, or one impure expression, that the layout forbids. */
export interface Violation {
  readonly file: string;
  readonly rule: "direction" | "package-home" | "impure-core";
  readonly text: string;
}

/** A layer by the start of its paths, and the paths it may import from. The first row that fits a file is its layer. */
export const LAYERS: readonly { readonly layer: string; readonly mayImport: readonly string[] }[] = [
  { layer: "core/", mayImport: ["core/"] },
  { layer: "durable-objects/", mayImport: ["core/", "durable-objects/"] },
  { layer: "workers/tee/", mayImport: ["core/", "durable-objects/", "workers/tee/"] },
  { layer: "workers/compare/", mayImport: ["core/", "durable-objects/", "migrations/", "workers/compare/"] },
  { layer: "workers/report/", mayImport: ["core/", "durable-objects/", "migrations/", "workers/report/"] },
  { layer: "migrations/", mayImport: ["core/", "migrations/"] },
  { layer: "pages/", mayImport: ["core/wire/", "pages/"] },
  { layer: "cli/", mayImport: ["core/", "cli/", "infra/"] },
  // The command line starts the launcher, never the other way round.
  { layer: "infra/", mayImport: ["core/", "infra/"] },
  { layer: "test/", mayImport: [""] },
];

/** Packages that have a home, by the start of their name. Others may be imported by any layer that `PACKAGES_OF` does not limit. */
const HOMES: readonly { readonly packages: RegExp; readonly homes: readonly string[] }[] = [
  { packages: /^hono(\/|$)/, homes: ["workers/report/", "infra/provisioner/", "infra/local/github/"] },
  { packages: /^@langchain\//, homes: ["workers/compare/"] },
  { packages: /^@anthropic-ai\//, homes: ["workers/compare/"] },
  {
    packages: /^drizzle-orm(\/|$)/,
    homes: [
      "migrations/schema.ts",
      "migrations/tee-tables.ts",
      "migrations/probe-tables.ts",
      "migrations/answer-tables.ts",
      "workers/compare/",
      "workers/report/",
    ],
  },
  {
    packages: /^zod(\/|$)/,
    homes: [
      "core/wire/",
      "core/config/",
      "core/governance/",
      "core/probe/",
      "cli/",
      "infra/",
      "workers/report/",
      "workers/compare/",
      "pages/src/api/",
    ],
  },
  { packages: /^yaml$/, homes: ["core/config/", "core/shadow/compose/", "cli/init/", "infra/"] },
  { packages: /^@cfworker\/json-schema$/, homes: ["core/openapi/", "core/shadow/compose/", "cli/probe/"] },
  { packages: /^@octokit\//, homes: ["infra/provisioner/", "infra/local/github/"] },
  { packages: /^@kubernetes\//, homes: ["infra/provisioner/drivers/kubernetes/"] },
  { packages: /^(@hono\/node-server|pino)(\/|$)/, homes: ["infra/provisioner/", "infra/local/github/"] },
  { packages: /^zod-openapi(\/|$)/, homes: ["workers/report/"] },
  { packages: /^re2js$/, homes: ["workers/tee/", "workers/report/", "cli/"] },
  { packages: /^jose(\/|$)/, homes: ["workers/report/"] },
  { packages: /^(react|react-dom|@tanstack\/.*)(\/|$)/, homes: ["pages/"] },
  { packages: /^(commander|picocolors|smol-toml)$/, homes: ["cli/", "infra/"] },
  { packages: /^(oxc-parser|@lezer\/.*|@secretlint\/.*|picomatch|ignore)$/, homes: ["cli/"] },
  { packages: /^fast-xml-builder$/, homes: ["cli/"] },
  // Of Node's modules the Workers' runtime has several; only hashing and compression are wanted there, because the platform's own are asynchronous.
  { packages: /^node:(buffer|crypto|zlib)$/, homes: ["workers/", "cli/", "infra/"] },
  { packages: /^node:/, homes: ["cli/", "infra/"] },
];

/** Layers that may import hardly any package: the centre, and the path of every production request. */
const PACKAGES_OF: readonly { readonly layer: string; readonly packages: RegExp }[] = [
  { layer: "core/wire/", packages: /^zod$/ },
  { layer: "core/config/", packages: /^(zod|yaml)$/ },
  { layer: "core/budgets/", packages: /^yaml$/ },
  { layer: "core/governance/", packages: /^zod$/ },
  { layer: "core/probe/", packages: /^zod$/ },
  { layer: "core/openapi/", packages: /^@cfworker\/json-schema$/ },
  { layer: "core/shadow/compose/", packages: /^(yaml|@cfworker\/json-schema)$/ },
  { layer: "core/report/", packages: /^@datadog\/sketches-js$/ },
  { layer: "core/", packages: /^(diff|htmlparser2|jsonpath-rfc9535(\/parser)?)$/ },
  { layer: "durable-objects/", packages: /^(cloudflare:workers|ulid)$/ },
  { layer: "workers/tee/", packages: /^(cloudflare:workers|node:(buffer|crypto|zlib)|re2js|ulid)$/ },
];

/** Everything in these files that the layout forbids. */
export function violations(files: readonly SourceFacts[]): readonly Violation[] {
  return files.flatMap((facts) => [...wrongImports(facts), ...impureCore(facts)]);
}

function wrongImports({ file, imports }: SourceFacts): readonly Violation[] {
  return imports.flatMap((target): readonly Violation[] => {
    if (!isPackage(target))
      return mayImport(file, target) ? [] : [{ file, rule: "direction", text: `imports ${target}` }];
    return mayUse(file, target) ? [] : [{ file, rule: "package-home", text: `imports the package ${target}` }];
  });
}

/** A resolved path begins with a folder of the project or `..`; everything else is a package or a builtin. */
function isPackage(target: string): boolean {
  return !target.startsWith("..") && !/^(core|durable-objects|workers|migrations|pages|cli|infra|test)\//.test(target);
}

function mayImport(file: string, target: string): boolean {
  const row = LAYERS.find(({ layer }) => file.startsWith(layer));
  // Files at the root configure tools; they import nothing of the project but what they configure.
  if (row === undefined) return !target.startsWith("test/") && !target.startsWith("..");
  return row.mayImport.some((start) => target.startsWith(start));
}

function mayUse(file: string, name: string): boolean {
  if (file.startsWith("test/") || !file.includes("/")) return true;
  const limited = PACKAGES_OF.find(({ layer }) => file.startsWith(layer));
  if (limited !== undefined) return limited.packages.test(name);
  // Build configuration is Node's, wherever it lies.
  if (file.endsWith(".config.ts")) return true;
  const home = HOMES.find(({ packages }) => packages.test(name));
  return home === undefined || home.homes.some((start) => file.startsWith(start));
}

function impureCore({ file, impure }: SourceFacts): readonly Violation[] {
  if (!file.startsWith("core/")) return [];
  return impure.map((expression) => ({ file, rule: "impure-core", text: `uses ${expression}` }));
}
