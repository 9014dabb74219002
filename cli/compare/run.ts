/**
 * Judges the lines of a stream one after the other: line -> pair -> verdict -> output line. Holds one pair at a time and waits
 * where the reader of its output is slower.
 */

import { routeOf } from "../../core/pair/route.ts";
import { judge } from "../../core/verdict/judge.ts";
import { judgementOf } from "../../core/verdict/judgement.ts";
import { linesOf } from "./lines.ts";
import { createMemories } from "./memories.ts";
import { readPair } from "./read-pair.ts";
import { createTally, type Summary } from "./summary.ts";

export interface Output {
  /** Resolves when the output takes more. */
  readonly write: (line: string) => Promise<void>;
  readonly malformed: (line: number, reason: string) => void;
  readonly progress: (judged: number) => void;
}

export async function compareLines(chunks: AsyncIterable<Uint8Array>, output: Output): Promise<Summary> {
  const memories = createMemories();
  const tally = createTally();
  const refuse = (line: number, reason: string): void => {
    tally.addMalformed();
    output.malformed(line, reason);
  };
  for await (const { number, text, problem } of linesOf(chunks)) {
    if (text?.trim() === "") continue;
    const pair = text === null ? null : readPair(text);
    if (pair === null) refuse(number, problem ?? "unreadable");
    else if (!pair.ok) refuse(number, pair.detail ?? pair.reason);
    else {
      const { request } = pair.value;
      const route = routeOf(request.method, request.path);
      const { judged, lesson } = judge(pair.value, memories.of(route));
      memories.learn(route, lesson);
      tally.add(route, judged.verdict);
      await output.write(`${JSON.stringify(judgementOf(judged))}\n`);
      output.progress(tally.summary().judged);
    }
  }
  return tally.summary();
}
