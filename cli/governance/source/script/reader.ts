/** The process that `isolated.ts` starts: text comes in, facts go out. */
import { readFileSync, writeFileSync } from "node:fs";
import { isScriptEnding, scriptFacts } from "./facts.ts";

const STDIN = 0;
const STDOUT = 1;

const ending = process.argv[2] ?? "";
if (isScriptEnding(ending)) writeFileSync(STDOUT, JSON.stringify(scriptFacts(readFileSync(STDIN, "utf8"), ending)));
