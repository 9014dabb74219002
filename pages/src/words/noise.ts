/** Noise by its kind, as a reader goes through it: what is certain first, what somebody asked for last. */
import type { Drift } from "../../../core/wire/api/drifts.ts";

type Kind = NonNullable<NonNullable<Drift["noise"]>["by"]>;

/** In the order of the screen. */
const KINDS: Readonly<Record<Kind, string>> = {
  "second-answer": "Two answers of the same code differ here too",
  learned: "Second answers of earlier pairs differed here",
  hindsight: "Second answers of later pairs differed here",
  volatile: "Made anew for each answer",
  transport: "Headers that differ between any two answers",
  "own-host": "Each side names its own host",
  order: "The same elements in another order",
  user: "Ignored by the repository",
  shape: "Compared by shape, as the repository wants it",
};

/** Rows that are older than the words for kinds. */
const OTHER = "Other";

export interface NoiseGroup {
  readonly words: string;
  readonly drifts: readonly Drift[];
}

/** Only kinds that occur. */
export function noiseGroups(drifts: readonly Drift[]): readonly NoiseGroup[] {
  const byWords = Map.groupBy(drifts, ({ noise }) => (noise?.by === undefined ? OTHER : KINDS[noise.by]));
  return [...Object.values(KINDS), OTHER].flatMap((words) => {
    const own = byWords.get(words);
    return own === undefined ? [] : [{ words, drifts: own }];
  });
}
