#!/usr/bin/env node
// Entry of the `shadow-infra` command. Plain JavaScript, because an older Node must be able to read it before it hands over
// to the Node that the project brings (platform packages), which runs TypeScript itself.
import { fileURLToPath } from "node:url";
import { keepCompiled } from "../infra/local/compiled.mjs";
import { findNode, isNewEnough, NO_NODE, run } from "../infra/local/node.mjs";

if (isNewEnough()) {
  keepCompiled();
  await import("./main.ts");
} else {
  const node = findNode();
  if (node === null) {
    console.error(NO_NODE);
    process.exit(2);
  }
  process.exit(await run(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)]));
}
