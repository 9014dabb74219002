/** A whole run: learn where that is asked for -> judge line by line -> group -> write every output. */
import type { CompareSettings } from "../../core/compare/settings.ts";
import { byWeight, createGathering, slowDrift } from "./drifts.ts";
import { createLatencies } from "./latencies.ts";
import type { Outputs } from "./outputs.ts";
import type { Report } from "./report.ts";
import { compareLines, type Listener, learnFrom } from "./run.ts";
import type { Source } from "./source.ts";

/** What to judge and how. */
export interface Comparing {
  readonly source: Source;
  readonly settings?: CompareSettings | undefined;
  /** Read everything once to learn what is noise, and judge in a second reading. */
  readonly learn: boolean;
  /** Group findings; otherwise the report has none. */
  readonly group: boolean;
  readonly outputs: Outputs;
  readonly malformed: Listener["malformed"];
  /** Words on how far it is. */
  readonly show: (words: string) => void;
}

export async function compareAll(comparing: Comparing): Promise<Report> {
  const { source, settings, learn, group, outputs, malformed, show } = comparing;
  const learned = learn
    ? await learnFrom(source.open(), settings, (read) => show(`${read} pairs read to learn from`))
    : undefined;
  const gathering = createGathering();
  const latencies = createLatencies();
  const listener: Listener = {
    pair: async (seen) => {
      if (group) gathering.add(seen);
      latencies.add(seen);
      await outputs.pair(seen);
    },
    malformed,
    progress: (judged) => show(`${judged} pairs judged`),
  };
  const summary = await compareLines(source.open(), listener, { settings, learned });
  const slow = latencies.slow();
  const drifts = [...gathering.drifts(), ...slow.map(slowDrift)].toSorted(byWeight);
  const report = { summary, drifts, slow, cut: gathering.cut() };
  await outputs.end(report);
  return report;
}
