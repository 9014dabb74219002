/**
 * Judges the lines of a stream one after the other: line -> pair -> verdict -> listener. Holds one pair at a time and waits
 * where the reader of its output is slower.
 */
import type { CompareSettings } from "../../core/compare/settings.ts";
import type { Pair } from "../../core/pair/pair.ts";
import { type Case, EMPTY_MEMORY, type RouteMemory } from "../../core/verdict/case.ts";
import type { Judged } from "../../core/verdict/format.ts";
import { judge } from "../../core/verdict/judge.ts";
import { openCase } from "../../core/verdict/open.ts";
import { linesOf } from "./lines.ts";
import { createMemories, createTeacher, type Memories } from "./memories.ts";
import { readPair } from "./read-pair.ts";
import { createTally, type Summary } from "./summary.ts";

/** A pair with its verdict and all that led to it. */
export interface Seen {
  readonly pair: Pair;
  readonly case: Case;
  readonly judged: Judged;
  /** What was known of the route when it was judged. */
  readonly memory: RouteMemory;
  /** Length of the recorded line, in characters. */
  readonly size: number;
}

export interface Listener {
  /** Resolves when the output takes more. */
  readonly pair: (seen: Seen) => Promise<void>;
  readonly malformed: (line: number, reason: string) => void;
  readonly progress: (judged: number) => void;
}

/** How to judge. Without `memories` each pair is judged by what the lines before it taught. */
export interface Judging {
  readonly settings?: CompareSettings | undefined;
  readonly memories?: Memories | undefined;
}

export async function compareLines(
  chunks: AsyncIterable<Uint8Array>,
  listener: Listener,
  { settings, memories = createMemories() }: Judging = {},
): Promise<Summary> {
  const tally = createTally();
  for await (const read of pairsOf(chunks)) {
    if (read.pair === null) {
      tally.addMalformed();
      listener.malformed(read.line, read.problem);
      continue;
    }
    const { pair, size } = read;
    const { route } = openCase(pair, opening(settings));
    const memory = memories.of(route, pair);
    const { case: seen, judged, lesson } = judge(pair, memory, opening(settings));
    memories.learn(route, lesson);
    tally.add(route, judged.verdict);
    await listener.pair({ pair, case: seen, judged, memory, size });
    listener.progress(tally.summary().judged);
  }
  return tally.summary();
}

/** What all pairs of a stream teach, for a second pass over the same lines. Malformed lines are left to that one. */
export async function learnFrom(
  chunks: AsyncIterable<Uint8Array>,
  settings?: CompareSettings,
  progress: (read: number) => void = () => {},
): Promise<Memories> {
  const teacher = createTeacher();
  let count = 0;
  for await (const { pair } of pairsOf(chunks)) {
    if (pair === null) continue;
    const { case: seen, lesson } = judge(pair, EMPTY_MEMORY, opening(settings));
    teacher.learn(seen.route, lesson);
    progress(++count);
  }
  return teacher.learned();
}

type Read =
  | { readonly pair: Pair; readonly size: number }
  | { readonly pair: null; readonly line: number; readonly problem: string };

async function* pairsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Read> {
  for await (const { number: line, text, problem } of linesOf(chunks)) {
    if (text?.trim() === "") continue;
    const read = text === null ? null : readPair(text);
    if (read === null || text === null) yield { pair: null, line, problem: problem ?? "unreadable" };
    else if (!read.ok) yield { pair: null, line, problem: read.detail ?? read.reason };
    else yield { pair: read.value, size: text.length };
  }
}

function opening(settings: CompareSettings | undefined) {
  return settings === undefined ? {} : { settings };
}
