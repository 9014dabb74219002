#!/usr/bin/env node
// `run.mjs governance|probe|ci|init|budgets [arguments]`: one of these commands from a bare checkout, as hooks and the action start them. It brings the
// packages of these and no others, where `npm ci` would bring the whole runtime. Plain JavaScript for Node 20 without any package.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findNode, isNewEnough, NO_NODE, ROOT, run } from "../local/node.mjs";
import { argumentsFor } from "./arguments.mjs";
import { ensurePackages } from "./install.mjs";
import { COMMANDS } from "./packages.mjs";

const USAGE = `Usage: run.mjs ${COMMANDS.join("|")} [arguments]

  init ci          writes a workflow, rules and a probe into the repository of this folder
  governance       judges a change by the rules of its repository
  probe            asks a running service many times and holds it to its budgets
  budgets suggest  proposes budgets from what was measured
  ci               steps of the workflow: changes, audit, summary

--help after a command lists its arguments. All other commands of shadow-infra need an installed checkout (npm ci, then npx shadow-infra).`;

const say = (text) => console.error(text);

await main(process.argv.slice(2));

async function main([command = "", ...given]) {
  if (["--help", "-h", "help"].includes(command)) return console.log(USAGE);
  if (!COMMANDS.includes(command))
    return end(2, command === "" ? USAGE : `There is no command ${command} here.\n${USAGE}`);
  const problem = await ensurePackages(say);
  // Nothing was judged, which is never a pass.
  if (problem !== null) return end(3, problem);
  return start([command, ...argumentsFor(given, process.env)]);
}

/** In this process where its Node can do it, so that a commit does not wait for two. */
async function start(args) {
  const program = join(ROOT, "cli", "bin.mjs");
  if (isNewEnough()) {
    process.argv.splice(1, Number.POSITIVE_INFINITY, program, ...args);
    return import(pathToFileURL(program).href);
  }
  const node = findNode();
  if (node === null) return end(2, NO_NODE);
  process.exitCode = await run(node, [program, ...args]);
}

function end(code, text) {
  say(text);
  process.exitCode = code;
}
