/** Another status of the same class. */
import { AMBIGUOUS, type PairRule } from "./rule.ts";
import { statusesAre, statusSentence } from "./statuses.ts";

export const statusChanged: PairRule = {
  id: "status-changed",
  title: "Status changed",
  why: "Clients may tell the two apart.",
  example: "200 became 201, or 400 became 422",
  ...AMBIGUOUS,
  about: "status",
  fires: (scene) => statusesAre(scene, () => true),
  explain: statusSentence,
};
