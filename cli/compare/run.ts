/**
 * Judges the lines of a stream one after the other: line -> pair -> verdict -> listener. Holds one pair at a time and waits
 * where the reader of its output is slower.
 */
import type { CompareSettings } from "../../core/compare/settings.ts";
import type { Pair } from "../../core/pair/pair.ts";
import type { Case, RouteMemory } from "../../core/verdict/case.ts";
import type { Judged } from "../../core/verdict/format.ts";
import { judge, judgeAmong, teach } from "../../core/verdict/judge.ts";
import { type Opening, openCase } from "../../core/verdict/open.ts";
import { linesOf } from "./lines.ts";
import { createMemories, createTeacher, type Learned } from "./memories.ts";
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

/** How to judge. Without `learned` each pair is judged by what the lines before it taught. */
export interface Judging {
  readonly settings?: CompareSettings | undefined;
  readonly learned?: Learned | undefined;
}

export async function compareLines(
  chunks: AsyncIterable<Uint8Array>,
  listener: Listener,
  { settings, learned }: Judging = {},
): Promise<Summary> {
  const tally = createTally();
  const judgeNext =
    learned === undefined ? judgingInOrder(opening(settings)) : judgingAmong(learned, opening(settings));
  for await (const read of pairsOf(chunks)) {
    if (read.pair === null) {
      tally.addMalformed();
      listener.malformed(read.line, read.problem);
      continue;
    }
    const { pair, size } = read;
    const seen = { ...judgeNext(pair), pair, size };
    tally.add(seen.judged.route, seen.judged.verdict);
    await listener.pair(seen);
    listener.progress(tally.summary().judged);
  }
  return tally.summary();
}

type JudgeNext = (pair: Pair) => Omit<Seen, "pair" | "size">;

function judgingInOrder(settings: Opening): JudgeNext {
  const memories = createMemories();
  return (pair) => {
    const memory = memories.of(openCase(pair, settings).route);
    const { case: seen, judged, lesson } = judge(pair, memory, settings);
    memories.learn(seen.route, lesson);
    return { case: seen, judged, memory };
  };
}

function judgingAmong({ without }: Learned, settings: Opening): JudgeNext {
  return (pair) => judgeAmong(pair, without, settings);
}

/** What all pairs of a stream teach, for a second pass over the same lines. Malformed lines are left to that one. */
export async function learnFrom(
  chunks: AsyncIterable<Uint8Array>,
  settings?: CompareSettings,
  progress: (read: number) => void = () => {},
): Promise<Learned> {
  const teacher = createTeacher();
  let count = 0;
  for await (const { pair } of pairsOf(chunks)) {
    if (pair === null) continue;
    const { route, lesson } = teach(pair, opening(settings));
    teacher.learn(route, lesson);
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

function opening(settings: CompareSettings | undefined): Opening {
  return settings === undefined ? {} : { settings };
}
