/**
 * What the captured sides of one mirrored request come to: a pair, or the one reason why there is none. Plain data in and out;
 * nothing is counted or sent here.
 */
import type { NoAnswer } from "../../../core/pair/pair.ts";
import type { DropReason, SkipReason } from "../../../core/wire/sync.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import { MAX_ANSWER_BYTES, OUT_OF_MEMORY, type Seen, type Side } from "../capture/answer.ts";
import { isEqualAnswer } from "./equality.ts";
import { asGatewaySaw, stampOf } from "./stamp.ts";

/** As they came back; undefined where a second answer was not asked for. */
export interface AskedSides {
  readonly prod: Side;
  readonly shadow: Side;
  readonly control: Side | undefined;
  readonly base: Side | undefined;
  readonly baseAgain: Side | undefined;
}

type Known = Seen | NoAnswer;

/** The sides of a pair, before they become text. */
export interface KnownSides {
  readonly prod: Known;
  readonly shadow: Known;
  readonly control: Known | undefined;
  readonly base: Known | undefined;
  readonly baseAgain: Known | undefined;
}

export type Outcome =
  /** `equal`: all answers that were asked for are, byte for byte. */
  | { readonly end: "pair"; readonly sides: KnownSides; readonly equal: boolean }
  | { readonly end: "skipped"; readonly reason: SkipReason }
  | { readonly end: "dropped"; readonly reason: DropReason };

export function outcomeOf(asked: AskedSides, target: RoutedTarget): Outcome {
  const { prod } = asked;
  const stampOfShadow = target.settings.stamped ? target.deploymentId : null;
  const shadow = asGatewaySaw(asked.shadow, stampOfShadow);
  if (prod === OUT_OF_MEMORY || shadow === OUT_OF_MEMORY) return { end: "dropped", reason: "memory" };
  // Cut before the size limit, so by time: an endless answer, of which the shadow had another part by then.
  if (answered(prod) && prod.truncated && prod.bytes.byteLength < MAX_ANSWER_BYTES) return skipped("stream");
  const stamp = stampOf(shadow, stampOfShadow);
  if (stamp === "other") return skipped("stale");
  const base = baseOf(asked.base, target);
  if (answered(prod) && answered(base) && statusClass(prod) !== statusClass(base)) return skipped("environment");
  const sides = {
    prod,
    shadow: stamp === "unreached" ? unreached(shadow) : shadow,
    control: known(asked.control),
    base,
    baseAgain: base === undefined ? undefined : baseOf(asked.baseAgain, target),
  };
  return { end: "pair", sides, equal: isAllEqual(sides) };
}

/** Whether the shadow answered this request; undefined where another deployment did, which says nothing about this one. */
export function hasAnswered(side: Side, target: RoutedTarget): boolean | undefined {
  const expected = target.settings.stamped ? target.deploymentId : null;
  const shadow = asGatewaySaw(side, expected);
  const stamp = stampOf(shadow, expected);
  if (stamp !== "own") return stamp === "other" ? undefined : false;
  return shadow === OUT_OF_MEMORY || answered(shadow);
}

/** A base stack of another push says nothing; one that is not reached is no answer. */
function baseOf(side: Side | undefined, { settings }: RoutedTarget): Known | undefined {
  const expected = settings.stamped && settings.base !== null ? settings.base.deploymentId : null;
  const answer = side === undefined ? undefined : known(asGatewaySaw(side, expected));
  if (answer === undefined) return undefined;
  const stamp = stampOf(answer, expected);
  if (stamp === "other") return undefined;
  return stamp === "unreached" ? unreached(answer) : answer;
}

/** A second answer for which there was no room is as good as not asked for. */
function known(side: Side | undefined): Known | undefined {
  return side === OUT_OF_MEMORY ? undefined : side;
}

function unreached({ latencyMs }: Known): NoAnswer {
  return { failed: "unreached", latencyMs };
}

function isAllEqual({ prod, shadow, control, base, baseAgain }: KnownSides): boolean {
  if (!answered(prod)) return false;
  return [shadow, control, base, baseAgain].every(
    (side) => side === undefined || (answered(side) && isEqualAnswer(prod, side)),
  );
}

function answered(side: Known | undefined): side is Seen {
  return side !== undefined && "status" in side;
}

function statusClass({ status }: Seen): number {
  return Math.floor(status / 100);
}

function skipped(reason: SkipReason): Outcome {
  return { end: "skipped", reason };
}
