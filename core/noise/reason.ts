/**
 * Why a difference is noise, or null when it counts. Asked only for rules that proved nothing: null, a lost field, another
 * type or an emptied value are never noise.
 */
import type { Difference, DifferenceKind } from "../compare/difference.ts";
import type { DifferenceRule } from "../compare/rules/rule.ts";
import { listPattern } from "./churn.ts";
import type { Evidence } from "./evidence.ts";
import { volatileHeaderReason } from "./header-noise.ts";
import { isPlausible } from "./plausible.ts";
import { valueNoise } from "./value-noise.ts";

/** Kinds that show the same restlessness: an element that one answer has and another has not. */
const PRESENCE: readonly DifferenceKind[] = ["missing", "extra", "length"];

export function noiseReason(difference: Difference, rule: DifferenceRule, evidence: Evidence): string | null {
  if (difference.part === "header") return headerNoise(difference, rule, evidence);
  if (rule.proven === true) return null;
  switch (difference.kind) {
    case "value":
      return valueNoise(difference, evidence) ?? (isPlausible(difference) ? secondReason(difference, evidence) : null);
    case "order":
      return orderNoise(difference, evidence);
    case "missing":
    case "extra":
    case "length":
      return presenceNoise(difference, evidence);
    default:
      return null;
  }
}

function headerNoise(difference: Difference, rule: DifferenceRule, evidence: Evidence): string | null {
  const volatile = volatileHeaderReason(difference.path);
  if (volatile !== null) return volatile;
  if (rule.proven === true) return null;
  if (rule.id === "cookie-changed" && difference.kind === "value" && !difference.path.includes(";"))
    return "values of cookies rotate";
  const value = difference.kind === "value" ? valueNoise(difference, evidence) : null;
  return value ?? secondReason(difference, evidence);
}

function orderNoise(difference: Difference, evidence: Evidence): string | null {
  const second = secondReason(difference, evidence);
  if (second !== null) return second;
  const { traits = [] } = difference;
  if (traits.includes("sorted") || (traits.includes("long") && evidence.scene.hasSecond)) return null;
  return "the list follows no order of its own";
}

/** A field that comes and goes is judged by its rule; only elements of lists and added fields can be noise. */
function presenceNoise(difference: Difference, evidence: Evidence): string | null {
  const item = difference.traits?.includes("item") ?? false;
  if (difference.kind === "missing" && !item && difference.path.startsWith("$")) return null;
  if (item && !evidence.shrinksAnyway(difference.pattern)) return null;
  const list = listPattern(difference.pattern);
  const places = item ? [`${list}[*]`, `${list}.*`, list] : [difference.pattern];
  if (places.some((pattern) => evidence.moves(pattern, PRESENCE)))
    return "two answers of the same code differ here too";
  return places.some((pattern) => evidence.learned(pattern, PRESENCE)) ? LEARNED : null;
}

const LEARNED = "earlier pairs of this route showed that two answers of the same code differ here";

function secondReason({ pattern, kind }: Difference, evidence: Evidence): string | null {
  if (evidence.moves(pattern, [kind])) return "two answers of the same code differ here too";
  return evidence.learned(pattern, [kind]) ? LEARNED : null;
}
