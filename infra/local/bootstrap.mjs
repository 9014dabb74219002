// What `npm start`, `npm test`, `npm run test:long` and `npm run try:published` run: sets a fresh checkout up, then hands over to the Node that
// the project brings. Plain JavaScript for Node 20 without any package, because before the first install there is nothing else.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { COMPILED } from "./compiled.mjs";
import { findNode, NO_NODE, ROOT, run } from "./node.mjs";

const USAGE =
  "Usage: node infra/local/bootstrap.mjs dev|test|test-long|test-kubernetes|test-docker|try-published [arguments]";
/** What is a sub-command of `shadow-infra`. */
const COMMANDS = new Set(["dev", "try-published"]);
/** The groups of tests (vitest.config.ts) that a command runs. */
const TESTS = new Map([
  ["test", ["core", "unit", "programs", "runtime", "alone"]],
  ["test-long", ["long", "long-alone"]],
  ["test-kubernetes", ["kubernetes"]],
  ["test-docker", ["docker"]],
]);
const LOCK = join(ROOT, "package-lock.json");
const STAMP = join(ROOT, "node_modules", ".shadow-infra-lock");
/** What npm writes after each install: the packages that are there. */
const HIDDEN_LOCK = join(ROOT, "node_modules", ".package-lock.json");
const REPORTERS = ["--reporter=default", "--reporter=./test/closing-line-reporter.ts"];

const say = (text) => console.error(text);

process.exitCode = await main(process.argv.slice(2));

/** install -> find Node -> hand over. Returns the exit code. */
async function main([mode, ...args]) {
  const projects = TESTS.get(mode);
  if (projects === undefined && !COMMANDS.has(mode)) {
    say(USAGE);
    return 2;
  }
  const installed = await install();
  if (installed !== 0) return installed;
  const node = findNode();
  if (node === null) {
    say(NO_NODE);
    return 2;
  }
  if (projects !== undefined) return test(node, [...projects.map((name) => `--project=${name}`), ...args]);
  return run(node, [join(ROOT, "cli", "bin.mjs"), mode, ...args]);
}

/** `npm ci` when the lock file is another one than at the last install. */
async function install() {
  const hash = createHash("sha256").update(readFileSync(LOCK)).digest("hex");
  if ((existsSync(STAMP) && readFileSync(STAMP, "utf8") === hash) || installedByHand(hash)) {
    if (process.stderr.isTTY) say("Packages are installed already.");
    return 0;
  }
  say("Installing packages (npm ci). The first time takes a minute or two.");
  const began = Date.now();
  // Standard output belongs to the program that follows (`--json`): the install reports on standard error.
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const options = { cwd: ROOT, stdio: ["ignore", 2, 2], env: process.env, shell: process.platform === "win32" };
  const code = await run(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], options).catch(
    (/** @type {unknown} */ error) => {
      say(`npm could not be started: ${String(error)}`);
      return 3;
    },
  );
  if (code !== 0) return installFailed(code);
  writeFileSync(STAMP, hash);
  say(`Packages installed in ${Math.round((Date.now() - began) / 1000)} s.`);
  return 0;
}

/** Whether `npm install` by hand brought exactly what the lock file names; then it counts as ours from here on. */
function installedByHand(hash) {
  if (!existsSync(HIDDEN_LOCK)) return false;
  const packagesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
  const there = packagesOf(HIDDEN_LOCK);
  // Optional packages of other platforms are named in the lock file and not installed.
  const wanted = Object.entries(packagesOf(LOCK)).filter(([path, { optional }]) => path !== "" && !optional);
  if (!wanted.every(([path, { version }]) => there[path]?.version === version)) return false;
  writeFileSync(STAMP, hash);
  return true;
}

function installFailed(code) {
  if (code >= 128) return code;
  say(`The packages could not be installed: npm ci ended with ${code}; its own words are above.
Nothing works without them. Check that the package registry can be reached (npm ping) and that the disk has room
(about 1 GB), then run the same command again.`);
  return 3;
}

async function test(node, args) {
  // Tests start the same programs again and again (wrangler alone is 10 MB of source): what was compiled once is kept for the next.
  process.env.NODE_COMPILE_CACHE ??= COMPILED;
  const browser = await ensureBrowser(say);
  if (browser !== null) process.env.CHROMIUM_PATH = browser;
  const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  return run(node, [vitest, "run", ...REPORTERS, ...args], { cwd: ROOT });
}
