#!/usr/bin/env node
// `run.mjs governance|probe|ci|init [arguments]`: one of these commands from a bare checkout, as hooks and the action start them. It brings the
// packages of these and no others, where `npm ci` would bring the whole runtime. Plain JavaScript for Node 20 without any package.
import { join } from "node:path";
import { findNode, NO_NODE, ROOT, run } from "../local/node.mjs";
import { argumentsFor } from "./arguments.mjs";
import { ensurePackages } from "./install.mjs";
import { COMMANDS } from "./packages.mjs";

const USAGE = `Usage: run.mjs ${COMMANDS.join("|")} [arguments]; --help after the command lists them.`;

const say = (text) => console.error(text);

await main(process.argv.slice(2));

async function main([command = "", ...given]) {
  if (!COMMANDS.includes(command)) return end(2, USAGE);
  const problem = await ensurePackages(say);
  // Nothing was judged, which is never a pass.
  if (problem !== null) return end(3, problem);
  const node = findNode();
  if (node === null) return end(2, NO_NODE);
  const program = join(ROOT, "cli", "main.ts");
  process.exitCode = await run(node, [program, command, ...argumentsFor(given, process.env)]);
}

function end(code, text) {
  say(text);
  process.exitCode = code;
}
