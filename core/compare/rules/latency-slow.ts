/** Sustained latency of three to ten times the reference's. */
import { isSlower, isSustained, latencySentence, SLOW } from "./latency.ts";
import type { PairRule } from "./rule.ts";

export const latencySlow: PairRule = {
  id: "latency-slow",
  title: "Three times slower",
  why: "Users wait.",
  example: "three times as slow and 50 ms more, in most of the route's pairs",
  severity: "Warning",
  floor: "Warning",
  ceiling: "Warning",
  about: "latency",
  fires: (scene) => isSlower(scene, SLOW) && isSustained(scene),
  explain: latencySentence,
};
