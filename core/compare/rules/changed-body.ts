/**
 * What of the shadow's body the reference's has not, for rules on whole pairs that search bodies. Gathered once per pair;
 * never decides that anything is wrong, only that there is nothing to look for.
 */
import { answered } from "../../pair/pair.ts";
import { type ChangedText, changedText } from "../changed-text.ts";
import type { PairScene } from "./rule.ts";

const GATHERED = new WeakMap<PairScene, ChangedText | null>();

/** Null where the bodies are too different to say, or where there are no two texts. */
export function changedBody(scene: PairScene): ChangedText | null {
  const known = GATHERED.get(scene);
  if (known !== undefined) return known;
  const { reference, shadow } = scene;
  const isText = answered(reference) && answered(shadow) && shadow.bodyEncoding === undefined;
  const changed = isText ? changedText(reference.body, shadow.body) : null;
  GATHERED.set(scene, changed);
  return changed;
}

/** Names that speak of success and failure, of which nothing but letters was left, and what makes an answer a problem. */
const TELLING =
  /"[a-z]*(?:err|exception|fault|succe|status|result|state|code|title|type|detail|message|msg|desc|info)[a-z]*"|"(?:ok|ret)"/i;

/** Whether both bodies, if they are JSON, say the same of their own success: nothing about it and no bracket changed. */
export function keepsEnvelope(scene: PairScene): boolean {
  const changed = changedBody(scene);
  if (changed === null || /["\\{}[\]]/.test(changed.changed)) return false;
  return !TELLING.test(changed.around.replaceAll(/[^a-z"]+/gi, ""));
}
