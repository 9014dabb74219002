/** The statuses differ, and the reference's own code gave the shadow's status to the same request a moment later. */
import { answered } from "../../pair/pair.ts";
import { AMBIGUOUS, type PairRule } from "./rule.ts";
import { statusesAre, statusSentence } from "./statuses.ts";

export const statusUnstable: PairRule = {
  id: "status-unstable",
  title: "Status varies anyway",
  why: "The reference's own code answers either way, so this proves little.",
  example: "200 became 503, and so did the second answer",
  ...AMBIGUOUS,
  about: "status",
  fires: (scene) => {
    const { pair } = scene;
    const second = answered(pair.base) ? pair.baseAgain : pair.control;
    return statusesAre(scene, ({ shadow }) => answered(second) && second.status === shadow);
  },
  explain: (scene) => `${statusSentence(scene)} Asked again, the reference's own code answered like the shadow.`,
};
