/**
 * Builds the tee from its real entry with a fault point before every statement of `workers/tee`, as a function that makes a
 * new tee with new module state each time it is called: one process can play any number of fresh isolates.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { ROOT } from "../layout/project-tree.ts";
import { instrument, type Statement } from "./instrument.ts";

/** The part of esbuild's interface that is used; the copy is wrangler's own, so there is no declaration to import. */
interface Esbuild {
  build(options: object): Promise<{ readonly outputFiles: readonly { readonly text: string }[] }>;
}
interface PluginBuild {
  onLoad(filter: { readonly filter: RegExp }, load: (file: { readonly path: string }) => object): void;
}

const require = createRequire(import.meta.url);
// What the package exports.
const esbuild = createRequire(require.resolve("wrangler/package.json"))("esbuild") as Esbuild;

const EXTERNAL = ["node:*", "cloudflare:*"];

/** Writes the Worker's module into `folder`; returns its path and the statements by their number. */
export async function bundleStage(folder: string): Promise<{ module: string; statements: readonly Statement[] }> {
  const statements: Statement[] = [];
  const tee = await built({
    entryPoints: [join(ROOT, "workers/tee/index.ts")],
    format: "cjs",
    plugins: [{ name: "faults", setup: (build: PluginBuild) => withFaults(build, statements) }],
  });
  const factory = join(folder, "tee-factory.mjs");
  writeFileSync(factory, asFactory(tee));
  const stage = await built({
    entryPoints: [join(import.meta.dirname, "stage/index.mjs")],
    format: "esm",
    alias: { "tee-factory": factory },
  });
  const module = join(folder, "stage.js");
  writeFileSync(module, stage);
  return { module, statements };
}

async function built(options: object): Promise<string> {
  const common = {
    bundle: true,
    write: false,
    platform: "neutral",
    target: "es2024",
    external: EXTERNAL,
    logLevel: "error",
  };
  const found = { mainFields: ["module", "main"], conditions: ["workerd", "worker", "import"] };
  const { outputFiles } = await esbuild.build({ ...common, ...found, ...options });
  return outputFiles[0]?.text ?? "";
}

function withFaults(build: PluginBuild, statements: Statement[]): void {
  build.onLoad({ filter: /[/\\]workers[/\\]tee[/\\].*\.ts$/ }, ({ path }) => {
    const file = relative(ROOT, path);
    const found = instrument(readFileSync(path, "utf8"), file, statements.length + 1);
    statements.push(...found.statements);
    return { contents: found.code, loader: "js" };
  });
}

function asFactory(commonJs: string): string {
  return `export function makeTee(require, __fault, Date) {
  const module = { exports: {} };
  const exports = module.exports;
${commonJs}
  return module.exports.default;
}
`;
}
