/**
 * The shadow refuses what the reference allows. Requests whose credentials would have been lost never become pairs, so the
 * refusal is the shadow's own.
 */
import { type PairRule, PROVEN_CRITICAL } from "./rule.ts";
import { statusesAre, statusSentence } from "./statuses.ts";

export const statusUnauthorized: PairRule = {
  id: "status-unauthorized",
  title: "Access refused",
  why: "Users are locked out.",
  example: "200 became 401",
  ...PROVEN_CRITICAL,
  about: "status",
  fires: (scene) => statusesAre(scene, ({ reference, shadow }) => refuses(shadow) && reference < 400),
  explain: (scene) =>
    scene.credentials === "none"
      ? `${statusSentence(scene)} The request carried no credentials.`
      : statusSentence(scene),
};

function refuses(status: number): boolean {
  return status === 401 || status === 403;
}
