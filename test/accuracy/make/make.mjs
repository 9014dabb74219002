/**
 * Makes the labelled pairs again: installs the servers' packages into a temporary folder, runs each server as production
 * and as the shadow on free ports of this machine, asks both over HTTP and writes one labelled line per case.
 * `node test/accuracy/make/make.mjs OUT_FOLDER [tuned|held-out] [server...]`. It never writes over the frozen set by itself.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture } from "./capture.mjs";
import { verdictOf } from "./case.mjs";
import { SERVERS } from "./servers.mjs";

const [out, set, ...names] = process.argv.slice(2);
if (out === undefined) throw new Error("say where the pairs go");

const load = createRequire(join(packages(), "package.json"));
for (const [of, servers] of Object.entries(SERVERS)) {
  if (set !== undefined && set !== of) continue;
  mkdirSync(join(out, of), { recursive: true });
  for (const [name, server] of Object.entries(servers)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const lines = await pairsOf(name, server);
    writeFileSync(join(out, of, `${name}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    process.stdout.write(`${of}/${name}: ${lines.length}\n`);
  }
}
process.exit(0);

function packages() {
  const given = process.env.ACCURACY_PACKAGES;
  if (given !== undefined && existsSync(join(given, "node_modules"))) return given;
  const folder = mkdtempSync(join(tmpdir(), "labelled-pairs-"));
  copyFileSync(join(import.meta.dirname, "packages.json"), join(folder, "package.json"));
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
  return folder;
}

async function pairsOf(name, { start, cases }) {
  const origins = {};
  for (const side of ["prod", "shadow", "base"]) origins[side] = await start(load, side);
  const lines = [];
  for (const one of cases) {
    for (let time = 0; time < (one.times ?? 1); time += 1) {
      try {
        lines.push(await pairOf(`${name}-${String(lines.length + 1).padStart(2, "0")}`, one, origins));
      } catch (error) {
        process.stdout.write(`${name} ${one.line} ${one.path}: ${error.stack?.split("\n").slice(0, 3).join(" ")}\n`);
      }
    }
  }
  return lines;
}

async function pairOf(id, one, origins) {
  const { method = "GET", path, headers = {}, body = null } = one;
  const request = { method, path, headers: { accept: "*/*", ...headers }, body };
  const side = (origin, ...plants) =>
    capture(
      origin,
      request,
      plants.filter((plant) => typeof plant === "function"),
    );
  const late = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const prod = await side(origins.prod, one.on, one.prod);
  await late(one.late ?? 3);
  const shadow = await side(one.origin ?? origins.shadow, one.on, one.plant);
  const pair = { id, request, prod, shadow };
  await late(one.late ?? 3);
  if (one.control) pair.control = await side(origins.prod, one.on, one.prod, one.control);
  if (one.base) pair.base = await side(origins.base, one.on, one.base);
  if (one.baseAgain) pair.baseAgain = await side(origins.base, one.on, one.base, one.baseAgain);
  return { ...pair, label: { verdict: verdictOf(one.line), line: one.line, why: one.why } };
}
