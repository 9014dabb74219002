/**
 * Why a difference is noise, or why not. Null, a lost field, another type or an emptied value are never noise, whoever says
 * so; what the repository ignores or compares by shape goes before what values and second answers show.
 */
import type { Difference, DifferenceKind } from "../compare/difference.ts";
import { bothStrings } from "../compare/excerpt-value.ts";
import type { DifferenceRule } from "../compare/rules/rule.ts";
import { listPattern } from "./churn.ts";
import { madeReason } from "./created.ts";
import type { Evidence } from "./evidence.ts";
import { volatileHeaderReason, volatileValueReason } from "./header-noise.ts";
import type { Noise } from "./kind.ts";
import { isPlausible } from "./plausible.ts";
import { fewWords, type Rate } from "./rates.ts";
import { isOnlyWhatMoves } from "./restless-words.ts";
import { refusal } from "./user-rules.ts";
import { valueNoise } from "./value-noise.ts";

/** Noise or not; `refused`: a wish of the repository that was not honoured, as a sentence for the finding. */
export interface Explained {
  readonly noise: Noise | null;
  readonly refused: string | null;
}

/** Kinds that show the same restlessness: an element that one answer has and another has not. */
const PRESENCE: readonly DifferenceKind[] = ["missing", "extra", "length", "moved", "duplicated"];

export function explained(difference: Difference, rule: DifferenceRule, evidence: Evidence): Explained {
  const entry = evidence.ignored(difference);
  if (entry === null) return { noise: noiseOf(difference, rule, evidence), refused: null };
  const why = refusal(difference, rule, evidence.kept(difference, difference.kind));
  if (why === null) return { noise: { reason: `the repository ignores ${entry}`, by: "user" }, refused: null };
  const noise = noiseOf(difference, rule, evidence);
  return { noise, refused: noise === null ? `The wish to ignore ${entry} was refused: ${why}.` : null };
}

export function noiseOf(difference: Difference, rule: DifferenceRule, evidence: Evidence): Noise | null {
  if (difference.part === "header") return headerNoise(difference, rule, evidence);
  if (rule.proven === true || difference.traits?.includes("cut")) return null;
  return shapeNoise(difference, evidence) ?? bodyNoise(difference, rule, evidence);
}

/** Values, and elements of lists, do not count where only the shape is compared; fields and types do. */
function shapeNoise({ kind, traits = [] }: Difference, { mode }: Evidence): Noise | null {
  if (mode !== "shape") return null;
  const structure =
    kind === "type" || kind === "unparsable" || ((kind === "missing" || kind === "extra") && !traits.includes("item"));
  return structure ? null : { reason: "the repository compares this route by shape", by: "shape" };
}

function bodyNoise(difference: Difference, rule: DifferenceRule, evidence: Evidence): Noise | null {
  switch (difference.kind) {
    case "value":
      return valueReason(difference, rule, evidence);
    case "order":
    case "moved":
      return orderNoise(difference, evidence);
    case "missing":
    case "extra":
    case "length":
    case "duplicated":
      return presenceNoise(difference, evidence);
    default:
      return null;
  }
}

/** Another identity is no token made anew: that the request named it, or second answers keep it, is known. */
function valueReason(difference: Difference, rule: DifferenceRule, evidence: Evidence): Noise | null {
  const own =
    rule.id === "identity-changed" ? null : (valueNoise(difference, evidence) ?? madeNoise(difference, rule, evidence));
  if (own !== null) return own;
  const second = secondNoise(difference, evidence);
  const here = evidence.seconds(difference.path);
  if (second === null || !isPlausible(difference, here, rule.severity === "Critical")) return null;
  return isOnlyWhatMoves(difference, here) ? second : null;
}

/** What a store gave to what was just made, and what names it: two stores count for themselves. A severe change is none of that. */
function madeNoise(difference: Difference, rule: DifferenceRule, evidence: Evidence): Noise | null {
  if (evidence.mode === "exact" || (difference.part === "body" && rule.severity === "Critical")) return null;
  const reason = madeReason(difference, evidence.made(), evidence.scene.pair);
  return reason === null ? null : { reason, by: "volatile" };
}

function headerNoise(difference: Difference, rule: DifferenceRule, evidence: Evidence): Noise | null {
  const transport = volatileHeaderReason(difference.path);
  if (transport !== null) return { reason: transport, by: "transport" };
  if (rule.proven === true) return null;
  const [reference, shadow] = bothStrings(difference) ?? ["", ""];
  const moving = difference.kind === "value" ? volatileValueReason(difference.path, reference, shadow) : null;
  if (moving !== null) return { reason: moving, by: "transport" };
  const exact = evidence.mode === "exact";
  if (!exact && rule.id === "cookie-changed" && difference.kind === "value" && !difference.path.includes(";"))
    return { reason: "values of cookies rotate", by: "volatile" };
  const value =
    difference.kind === "value" ? (valueNoise(difference, evidence) ?? madeNoise(difference, rule, evidence)) : null;
  return value ?? secondNoise(difference, evidence);
}

function orderNoise(difference: Difference, evidence: Evidence): Noise | null {
  const second = secondNoise(difference, evidence, ["order", "moved"]);
  if (second !== null || evidence.mode === "exact" || difference.kind === "moved") return second;
  const { traits = [] } = difference;
  if (traits.includes("sorted") || (traits.includes("long") && evidence.scene.hasSecond)) return null;
  return { reason: "the list follows no order of its own", by: "order" };
}

/** A field that comes and goes is judged by its rule; only elements of lists, lines and added fields can be noise. */
function presenceNoise(difference: Difference, evidence: Evidence): Noise | null {
  const item = difference.traits?.includes("item") ?? false;
  if (difference.kind === "missing" && !item && difference.path.startsWith("$")) return null;
  if (item && !evidence.shrinksAnyway(difference.pattern)) return null;
  const list = listPattern(difference.pattern);
  const places = item ? [`${list}[*]`, `${list}.*`, list] : [difference.pattern];
  const at = places.map((pattern) => ({ pattern, path: difference.path }));
  if (at.some((place) => evidence.moves(place, PRESENCE))) return HERE;
  const rate = at.map((place) => evidence.learned(place, PRESENCE)).find((found) => found !== null) ?? null;
  return rate === null ? null : learnedNoise(rate);
}

const HERE: Noise = { reason: "two answers of the same code differ here too", by: "second-answer" };

function secondNoise(
  difference: Difference,
  evidence: Evidence,
  kinds: readonly DifferenceKind[] = [difference.kind],
): Noise | null {
  if (evidence.moves(difference, kinds)) return HERE;
  const rate = evidence.learned(difference, kinds);
  return rate === null ? null : learnedNoise(rate);
}

function learnedNoise({ count, of }: Rate): Noise {
  const times = `${count} of ${of} earlier second answers${fewWords(of)}`;
  return { reason: `two answers of the same code differ here in ${times}`, by: "learned" };
}
