// Keeps what Node makes of each file for the next start: without types, and compiled. Apart from the program that it is for, because it has to
// come before the first file with types: for that one alone Node would load its reader of types, a third of a start. Plain JavaScript for Node 20.
import module from "node:module";
import { join } from "node:path";
import { ROOT } from "./node.mjs";

/** Of this project and nobody else's, unlike Node's own default below the machine's temporary folder. What tests start is kept there, too. */
export const COMPILED = join(ROOT, "node_modules", ".cache", "compiled");

/**
 * Node takes what it kept only for the very same text of a file and the same Node, and puts each file in place whole. Where nothing can be
 * written nothing is kept, which is no error; nor is a Node that keeps nothing yet (https://nodejs.org/api/module.html#module-compile-cache).
 */
export function keepCompiled() {
  module.enableCompileCache?.(COMPILED);
}
