/** The shadow serves what the reference refuses. A status that gets better, but a door that stands open. */
import { CRITICAL_UNLESS_EXPLAINED, type PairRule } from "./rule.ts";
import { statusesAre, statusSentence } from "./statuses.ts";

export const statusAccessOpened: PairRule = {
  id: "status-access-opened",
  title: "Access no longer refused",
  why: "What was refused is served: perhaps a door stands open.",
  example: "401 became 200",
  ...CRITICAL_UNLESS_EXPLAINED,
  about: "status",
  fires: (scene) =>
    statusesAre(
      scene,
      ({ reference, shadow }) => (reference === 401 || reference === 403) && shadow >= 200 && shadow < 300,
    ),
  explain: statusSentence,
};
