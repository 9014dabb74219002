/** More differences than are kept. Said aloud, because what is not listed was not judged. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";

export const differencesCut: DifferenceRule = {
  id: "differences-cut",
  title: "More differences than are listed",
  why: "What is not listed was not judged, so nobody may take the rest for equal.",
  example: "more than 2,000 differences in one body",
  ...AMBIGUOUS,
  floor: "Warning",
  proven: true,
  fires: ({ traits }) => traits?.includes("cut") ?? false,
  explain: () => "There are more differences than are listed; the rest was not judged one by one.",
};
