/** Judges labelled pairs the way `shadow-infra compare` does: one server after the other, each with a memory of its own, no model. */
import { compareLines, type Seen } from "../../cli/compare/run.ts";
import type { Verdict } from "../../core/verdict/severity.ts";
import type { LabelledPair } from "./labelled.ts";

/** A labelled pair with what was said of it. */
export interface Outcome extends LabelledPair {
  readonly said: Verdict;
  /** What led to it, for people who mend a class of cases. */
  readonly because: string;
}

/** One server's pairs, in their order. Throws where a line is refused: then the set is broken, not the judge. */
export async function judgeServer(pairs: readonly LabelledPair[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const byId = new Map(pairs.map((pair) => [pair.id, pair]));
  const refuse = (line: number, reason: string): never => {
    throw new Error(`line ${line} is no recorded pair: ${reason}`);
  };
  const collect = (seen: Seen): Promise<void> => {
    const pair = byId.get(seen.pair.id);
    if (pair !== undefined) outcomes.push({ ...pair, said: seen.judged.verdict, because: becauseOf(seen) });
    return Promise.resolve();
  };
  await compareLines(chunksOf(pairs), { pair: collect, malformed: refuse, progress: () => {} });
  return outcomes;
}

async function* chunksOf(pairs: readonly LabelledPair[]): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const { line } of pairs) yield await Promise.resolve(encoder.encode(`${line}\n`));
}

function becauseOf({ judged }: Seen): string {
  const told = judged.findings.map(
    ({ rule, severity, path, noise }) =>
      `${rule} ${severity} ${path}${noise === null ? "" : ` (noise: ${noise.reason})`}`,
  );
  return told.length === 0 ? "no finding" : told.join("; ");
}
