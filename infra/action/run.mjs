#!/usr/bin/env node
// What the action runs: its inputs as commands of `shadow-infra`, one after the other, and their ends as outputs of the step. It runs in the
// user's checkout with the light launcher, so that no package of the runtime is installed. Plain JavaScript for Node 20 without any package.
import { spawn } from "node:child_process";
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandsOf, RESULTS } from "./commands.mjs";

const LAUNCHER = fileURLToPath(new URL("../hooks/run.mjs", import.meta.url));
/** Exit codes of the command line: 1 is a broken rule or budget; above it nothing was judged. */
const FAILED = 1;
const WRONG_USAGE = 2;

process.exitCode = await main();

async function main() {
  const inputs = inputsOf(process.env);
  const { commands, problem } = commandsOf(inputs, (path) => existsSync(path));
  if (problem !== undefined) {
    console.log(`::error title=Shadow Infra::${problem}`);
    return WRONG_USAGE;
  }
  // A result of an earlier step must never stand for this one's.
  if (commands.some(([command]) => command === "probe")) rmSync(RESULTS, { force: true });
  const temp = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), "shadow-infra-"));
  const codes = [];
  const changes = {};
  // All of them run: a broken budget must not hide a broken rule.
  for (const command of commands) codes.push(await runOne(command, temp, changes));
  rmSync(temp, { recursive: true, force: true });
  const worst = Math.max(...codes);
  output("passed", String(worst === 0));
  output("results", existsSync(RESULTS) ? RESULTS : "");
  output("changes", JSON.stringify(changes));
  return worst === FAILED && inputs.FAIL_ON === "never" ? 0 : worst;
}

function inputsOf(env) {
  const given = Object.entries(env).filter(([name]) => name.startsWith("INPUT_"));
  return Object.fromEntries(given.map(([name, value]) => [name.slice("INPUT_".length), value.trim()]));
}

/** One command; what it sets as outputs of its step becomes part of `changes`. Results of the probe are where the rules look for them. */
async function runOne(command, temp, changes) {
  const file = join(temp, "outputs");
  writeFileSync(file, "");
  const code = await started([LAUNCHER, ...command], {
    ...process.env,
    GITHUB_OUTPUT: file,
    ...Object.fromEntries(["TMPDIR", "TMP", "TEMP"].map((name) => [name, temp])),
  });
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [, name, value] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) changes[name] = value;
  }
  if (command[0] === "probe" && existsSync(RESULTS)) copyFileSync(RESULTS, join(temp, "shadow_probe_results.json"));
  return code;
}

function started(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: "inherit", env });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? WRONG_USAGE));
  });
}

function output(name, value) {
  if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, `${name}=${value}\n`);
}
