/** Sustained latency of ten times the reference's. */
import { isSlower, isSustained, latencySentence, VERY_SLOW } from "./latency.ts";
import { type PairRule, PROVEN_CRITICAL } from "./rule.ts";

export const latencyVerySlow: PairRule = {
  id: "latency-very-slow",
  title: "Ten times slower",
  why: "Users leave, and clients give up.",
  example: "ten times as slow and 200 ms more, in most of the route's pairs",
  ...PROVEN_CRITICAL,
  about: "latency",
  fires: (scene) => isSlower(scene, VERY_SLOW) && isSustained(scene),
  explain: latencySentence,
};
