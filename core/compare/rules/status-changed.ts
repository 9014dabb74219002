/** Another status of the same class. */
import { AMBIGUOUS, type PairRule } from "./rule.ts";
import { statusesAre, statusSentence } from "./statuses.ts";

export const statusChanged: PairRule = {
  id: "status-changed",
  title: "Status changed",
  ...AMBIGUOUS,
  about: "status",
  fires: (scene) => statusesAre(scene, () => true),
  explain: statusSentence,
};
