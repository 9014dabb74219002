/** One side redirects and the other serves: clients end up elsewhere. */
import { CRITICAL_UNLESS_EXPLAINED, type PairRule } from "./rule.ts";
import { classOf, statusesAre, statusSentence } from "./statuses.ts";

export const statusRedirect: PairRule = {
  id: "status-redirect",
  title: "Redirect appeared or vanished",
  why: "Clients that do not follow get no answer, others another one.",
  example: "200 became 302",
  ...CRITICAL_UNLESS_EXPLAINED,
  about: "status",
  fires: (scene) =>
    statusesAre(scene, ({ reference, shadow }) => {
      const classes = `${classOf(reference)}${classOf(shadow)}`;
      return classes === "23" || classes === "32";
    }),
  explain: statusSentence,
};
