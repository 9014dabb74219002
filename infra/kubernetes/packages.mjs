/**
 * Which installed packages the image holds: those the provisioner imports, and what they need. The project's other parts (Workers,
 * pages) have packages that are many times as large. `node packages.mjs prune` removes the rest of node_modules.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** What `infra/provisioner` and the part of `core` that it uses import. A test compares. */
export const IMPORTED = [
  "@cfworker/json-schema",
  "@hono/node-server",
  "@kubernetes/client-node",
  "@octokit/app",
  "@octokit/core",
  "@octokit/plugin-paginate-rest",
  "@octokit/plugin-retry",
  "@octokit/plugin-throttling",
  "@octokit/webhooks",
  "dclint",
  "hono",
  "pino",
  "yaml",
  "zod",
];

/**
 * Folders of node_modules that are needed, as the lock file names them: `node_modules/hono`. With `optional` also what npm installs where it
 * fits, such as a parser's program for one platform.
 */
export function neededFolders(root = PROJECT, imported = IMPORTED, optional = false) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const needed = new Set();
  const open = imported.map((name) => ["", name]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const folder = folderOf(packages, ...next);
    if (folder === null || needed.has(folder)) continue;
    needed.add(folder);
    const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta: peers = {} } = packages[folder];
    const wanted = Object.keys(peerDependencies).filter((name) => peers[name]?.optional !== true);
    if (optional) wanted.push(...Object.keys(packages[folder].optionalDependencies ?? {}));
    // Types are for the compiler.
    for (const name of [...Object.keys(dependencies), ...wanted])
      if (!name.startsWith("@types/")) open.push([folder, name]);
  }
  return [...needed];
}

/** Node's own way of finding a package: beside the one that asks, then further up. Null: an optional peer that is not there. */
function folderOf(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    const folder = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
    if (packages[folder] !== undefined) return folder;
    if (at === "") return null;
  }
}

function prune(root) {
  const needed = neededFolders(root);
  for (const folder of topFolders(root))
    if (!needed.some((one) => one === folder || one.startsWith(`${folder}/node_modules/`)))
      rmSync(join(root, folder), { recursive: true });
}

/** `node_modules/x` and `node_modules/@scope/x`, and what npm puts beside them. */
function topFolders(root) {
  return readdirSync(join(root, "node_modules")).flatMap((name) => {
    if (!name.startsWith("@")) return [`node_modules/${name}`];
    return readdirSync(join(root, "node_modules", name)).map((inner) => `node_modules/${name}/${inner}`);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] !== "prune" || !existsSync(join(PROJECT, "node_modules"))) {
    console.error("Usage: node infra/kubernetes/packages.mjs prune, where node_modules is installed.");
    process.exit(2);
  }
  prune(PROJECT);
}
