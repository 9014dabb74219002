/** The shadow fails where the reference does not. */
import { type PairRule, PROVEN_CRITICAL } from "./rule.ts";
import { statusesAre, statusSentence } from "./statuses.ts";

export const statusServerError: PairRule = {
  id: "status-server-error",
  title: "Server error",
  why: "The shadow fails where the reference does not.",
  example: "200 became 500",
  ...PROVEN_CRITICAL,
  about: "status",
  fires: (scene) => statusesAre(scene, ({ reference, shadow }) => shadow >= 500 && reference < 500),
  explain: statusSentence,
};
