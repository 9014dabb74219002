/** The type differs, but the reference's own code answers with either type here. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { shown } from "./shown.ts";

export const typeVaries: DifferenceRule = {
  id: "type-varies",
  title: "Type differs where it varies anyway",
  why: "The reference's own code answers with either type.",
  example: '`$.x` was 7 and is "7", as in the second answer',
  ...AMBIGUOUS,
  fires: ({ kind, part, pattern }, scene) => part === "body" && kind === "type" && scene.varies(pattern, ["type"]),
  explain: ({ path, reference, shadow }) =>
    `${path} was ${shown(reference)} and is ${shown(shadow)}; two answers of the same code differ in type here too.`,
};
