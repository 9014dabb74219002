/** The shadow serves where the reference failed: a change to look at, not a regression. */
import { type PairRule, WORTH_A_LOOK } from "./rule.ts";
import { classOf, statusesAre, statusSentence } from "./statuses.ts";

export const statusImproved: PairRule = {
  id: "status-improved",
  title: "Status got better",
  why: "It is better, and still a change that somebody should have meant.",
  example: "500 became 200",
  ...WORTH_A_LOOK,
  about: "status",
  fires: (scene) =>
    statusesAre(scene, ({ reference, shadow }) => reference >= 400 && classOf(shadow) < classOf(reference)),
  explain: statusSentence,
};
