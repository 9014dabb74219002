/** Made-up secrets in carriers, redacted, and looked for in what is left. Two tests ask: a quick one for each change, a long one with more. */
import { redactPair } from "../../core/redact/pair.ts";
import { redactor } from "../core/redact/redactor.ts";
import { type Carrier, spellings } from "./carriers.ts";
import { type Canary, canaries } from "./secrets.ts";

/** A secret with all the ways in which it may be written. */
export interface Spelled extends Canary {
  readonly spelled: readonly string[];
}

export function spelledSecrets(count: number): readonly Spelled[] {
  return canaries(count).map((canary) => ({ ...canary, spelled: spellings(canary.secret) }));
}

/** Kinds and texts of those that are still there in some spelling. */
export function survivorsIn(
  carry: Carrier,
  secrets: readonly Spelled[],
): readonly (readonly [kind: string, text: string])[] {
  const survivors = new Map<string, string>();
  for (const { kind, text, spelled } of secrets) {
    const stored = JSON.stringify(redactPair(carry(text), redactor));
    const decoded = stored.replaceAll("\\\\", "\\");
    if (spelled.some((spelling) => stored.includes(spelling) || decoded.includes(spelling))) survivors.set(kind, text);
  }
  return [...survivors];
}
