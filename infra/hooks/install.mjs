// Makes sure that the packages of the commands that need no runtime are there. A checkout that is installed is left as it is; elsewhere just those
// packages are installed, beside the program, whole or not at all. Plain JavaScript for Node 20 without any package.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findNode, ROOT, run } from "../local/node.mjs";
import { requiredFolders, subset } from "./packages.mjs";

const MODULES = join(ROOT, "node_modules");
/** Says that these packages are ours to replace: the sum of the lock file that they were installed from. */
const STAMP = join(MODULES, ".shadow-infra-hooks");
/** Git ignores it, and it is on the same disk, so that a folder moves from there in one step. */
const SCRATCH = join(ROOT, "dist");

/** Null where all is there; else what went wrong, in words for the user. */
export async function ensurePackages(say) {
  const stamp = stampThere();
  const missing = requiredFolders(ROOT).filter((folder) => !existsSync(join(ROOT, folder, "package.json")));
  const isWhole = missing.length === 0 && findNode() !== null;
  if (existsSync(MODULES) && stamp === null) return isWhole ? null : incomplete(missing);
  const { manifest, lock } = subset(ROOT, stamp?.startsWith("with Node") === true || findNode() === null);
  const wanted = stampOf(manifest, lock);
  return isWhole && stamp === wanted ? null : install({ manifest, lock, wanted }, say);
}

function incomplete([first = "a Node that is new enough"]) {
  return `The packages in ${MODULES} are not those of the lock file (${first} is missing). Run \`npm ci\` there.`;
}

function stampOf(manifest, lock) {
  const sum = createHash("sha256").update(JSON.stringify(lock)).digest("hex");
  return `${manifest.optionalDependencies === undefined ? "" : "with Node "}${sum}`;
}

async function install({ manifest, lock, wanted }, say) {
  say("Installing the packages of Shadow Infra's rules and probes (npm ci). This happens once for each version.");
  let scratch;
  try {
    mkdirSync(SCRATCH, { recursive: true });
    scratch = mkdtempSync(join(SCRATCH, "hooks-"));
  } catch (error) {
    return `The packages could not be installed: ${String(error)}. ${ROOT} must be writable once.`;
  }
  try {
    writeFileSync(join(scratch, "package.json"), JSON.stringify(manifest));
    writeFileSync(join(scratch, "package-lock.json"), JSON.stringify(lock));
    const problem = await npmCi(scratch);
    if (problem !== null) return problem;
    writeFileSync(join(scratch, "node_modules", ".shadow-infra-hooks"), wanted);
    return moveInto(scratch, wanted);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Exactly the lock file's versions, sums checked, no script of a package is run. Its words go to standard error: standard output is the report's. */
async function npmCi(folder) {
  const isWindows = process.platform === "win32";
  const args = ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  const options = { cwd: folder, stdio: ["ignore", 2, 2], env: process.env, shell: isWindows };
  try {
    const code = await run(isWindows ? "npm.cmd" : "npm", args, options);
    if (code === 0) return null;
    return `The packages could not be installed: npm ci ended with ${code}; its own words are above. Check that the package registry can be reached (npm ping).`;
  } catch (error) {
    return `npm could not be started: ${String(error)}. It comes with Node; check that it is on the PATH.`;
  }
}

/** In one step, so that nobody sees half of it. Two that do this at once install the same: the second finds the first one's and takes it. */
function moveInto(scratch, wanted) {
  try {
    const before = stampThere();
    if (before === wanted) return null;
    if (before !== null) renameSync(MODULES, join(scratch, "old"));
  } catch {
    // Another one moved it away first.
  }
  try {
    renameSync(join(scratch, "node_modules"), MODULES);
    return null;
  } catch (error) {
    if (stampThere() === wanted) return null;
    return `The packages could not be put in place: ${String(error)}. Run the same command again.`;
  }
}

function stampThere() {
  return existsSync(STAMP) ? readFileSync(STAMP, "utf8") : null;
}
