/** The shadow's body shows the inside of the service: stack traces, database errors, private keys, source paths. */
import { answered } from "../../pair/pair.ts";
import { excerptText } from "../excerpt-value.ts";
import { changedBody } from "./changed-body.ts";
import { showsInside, signIn } from "./internal-signs.ts";
import { type PairRule, type PairScene, PROVEN_CRITICAL } from "./rule.ts";

export const leakedInternals: PairRule = {
  id: "leaked-internals",
  title: "Internals leaked",
  why: "Stack traces, queries and paths help attackers and no one else.",
  example: "`at handler (/usr/src/app/server.js:10:5)` in a body",
  ...PROVEN_CRITICAL,
  about: "body",
  fires: (scene) => leakOf(scene) !== null,
  explain: (scene) => `The shadow's body shows ${leakOf(scene) ?? "internals"}.`,
  // A text in which they show is not also another text.
  claims: ({ part, kind, shadow }) =>
    part === "body" && (kind === "value" || kind === "extra") && showsInside(excerptText(shadow) ?? ""),
};

function leakOf(scene: PairScene): string | null {
  const { reference, shadow } = scene;
  if (!answered(shadow) || shadow.bodyEncoding !== undefined) return null;
  const changed = changedBody(scene);
  // Nothing shows around what changed: what shows elsewhere, the reference shows too.
  if (changed !== null && !showsInside(changed.around)) return null;
  return signIn(shadow.body, answered(reference) ? reference.body : "");
}
