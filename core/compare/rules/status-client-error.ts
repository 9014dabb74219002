/** The shadow rejects what the reference serves. */
import { type PairRule, PROVEN_CRITICAL } from "./rule.ts";
import { statusesAre, statusSentence } from "./statuses.ts";

export const statusClientError: PairRule = {
  id: "status-client-error",
  title: "Request rejected",
  why: "A request that worked is rejected.",
  example: "200 became 404",
  ...PROVEN_CRITICAL,
  about: "status",
  fires: (scene) => statusesAre(scene, ({ reference, shadow }) => reference < 400 && shadow >= 400 && shadow < 500),
  explain: statusSentence,
};
