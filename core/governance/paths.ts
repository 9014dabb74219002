/** Which file of the repository an import means: relative paths of TypeScript and JavaScript, modules of Python. */
import type { ImportFact, SourceFacts } from "./source.ts";

/** Tracked paths, and the folders above them. */
export interface Tree {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

const trees = new WeakMap<readonly string[], Tree>();

/** The same one each time for the same list. */
export function treeOf(paths: readonly string[]): Tree {
  const tree = trees.get(paths) ?? madeTree(paths);
  trees.set(paths, tree);
  return tree;
}

function madeTree(paths: readonly string[]): Tree {
  const folders = new Set<string>();
  for (const path of paths)
    for (let at = path.lastIndexOf("/"); at > 0 && !folders.has(path.slice(0, at)); at = path.lastIndexOf("/", at - 1))
      folders.add(path.slice(0, at));
  return { files: new Set(paths), folders };
}

const ENDINGS = [".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", ".jsx", ".mjs", ".cjs", ".json"] as const;

/** What TypeScript calls `./a.js` may be `./a.ts`. */
const WRITTEN_AS: readonly (readonly [written: RegExp, is: readonly string[]])[] = [
  [/\.js$/, [".ts", ".tsx", ".d.ts"]],
  [/\.jsx$/, [".tsx"]],
  [/\.mjs$/, [".mts"]],
  [/\.cjs$/, [".cts"]],
];

/** Where Python's packages may begin, besides the root. */
const PYTHON_ROOTS = ["", "src/", "lib/", "app/", "python/"] as const;

/** Paths in the repository that an import reaches: none for a package. A relative import of a file that is not there is that path still. */
export function reached(
  path: string,
  each: ImportFact,
  { tree, language }: { readonly tree: Tree; readonly language: SourceFacts["language"] },
): readonly string[] {
  return language === "python" ? reachedByPython(path, each, tree) : reachedByScript(path, each.module, tree);
}

function reachedByScript(path: string, module: string, tree: Tree): readonly string[] {
  if (!/^\.{1,2}(?:\/|$)/.test(module)) return [];
  const target = joined(folderOf(path), module.split(/[?#]/)[0] ?? module);
  const renamed = WRITTEN_AS.flatMap(([written, is]) =>
    written.test(target) ? is.map((end) => target.replace(written, end)) : [],
  );
  const candidates = [
    target,
    ...renamed,
    ...ENDINGS.map((end) => target + end),
    ...ENDINGS.map((end) => `${target}/index${end}`),
  ];
  return [candidates.find((candidate) => tree.files.has(candidate)) ?? target];
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

/** Above the root it begins with `../`, which no path of the repository does. */
function joined(folder: string, relative: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

function reachedByPython(path: string, { module, names }: ImportFact, tree: Tree): readonly string[] {
  const base = module.startsWith(".") ? relativeBase(path, module) : null;
  const starts = base === null ? PYTHON_ROOTS.map((root) => `${root}${module.replaceAll(".", "/")}`) : [base];
  const start = starts.find((each) => moduleFile(each, tree) !== null);
  if (start === undefined) return [];
  const below = names.flatMap((name) => moduleFile(`${start}/${name}`, tree) ?? []);
  return [moduleFile(start, tree) ?? start, ...below];
}

/** One dot is the package of the file, each further one the package above it. */
function relativeBase(path: string, module: string): string {
  const dots = /^\.+/.exec(module)?.[0].length ?? 0;
  const up = "../".repeat(dots - 1);
  return joined(folderOf(path), `./${up}${module.slice(dots).replaceAll(".", "/")}`);
}

function moduleFile(start: string, { files, folders }: Tree): string | null {
  const file = [`${start}.py`, `${start}.pyi`, `${start}/__init__.py`].find((each) => files.has(each));
  return file ?? (folders.has(start) ? `${start}/__init__.py` : null);
}
