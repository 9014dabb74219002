/** Reads one text of TypeScript or JavaScript in a process of its own, for text that could end the parser. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { SourceFacts } from "../../../../core/governance/source.ts";
import { noFacts } from "../no-facts.ts";
import type { ScriptEnding } from "./facts.ts";

const READER = fileURLToPath(new URL("./reader.ts", import.meta.url));

/** A text of 1 MB takes two seconds on a busy machine. */
const MAX_MS = 20_000;

/** Facts of a hostile text can be many times its size. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

export function isolatedFacts(text: string, ending: ScriptEnding): SourceFacts {
  const { status, stdout } = spawnSync(process.execPath, [READER, ending], {
    input: text,
    timeout: MAX_MS,
    maxBuffer: MAX_ANSWER_BYTES,
    stdio: ["pipe", "pipe", "ignore"],
    encoding: "utf8",
    // Nothing of what the command was given is its business.
    env: {},
  });
  return (
    (status === 0 ? answered(stdout) : null) ??
    noFacts(/^\.(?:ts|tsx|mts|cts)$/.test(ending) ? "typescript" : "javascript")
  );
}

function answered(stdout: string): SourceFacts | null {
  try {
    // The reader beside this file wrote it.
    return JSON.parse(stdout) as SourceFacts;
  } catch {
    return null;
  }
}
