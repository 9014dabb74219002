/**
 * Rules files that have nothing wrong with them. Apart from `parse.ts`, which knows the place of each value: its reader takes longer than all the
 * rest, and every commit would wait for it. Pure.
 */
import { type AlexGap, isAlex, translateAlex } from "./alex.ts";
import { saysKeysOnce } from "./repeated-keys.ts";
import { type GovernanceFile, GovernanceFileSchema } from "./rules.ts";

/** Characters; a file of 200 long rules has a tenth of it. */
export const MAX_RULES_CHARS = 1_000_000;

export interface ParsedRules {
  readonly file: GovernanceFile;
  /** What a file of the other format says and no check of ours does. Empty for our own format. */
  readonly gaps: readonly AlexGap[];
}

/** Null where anything is wrong or cannot be told; `parseRules` says what. Never throws. */
export function plainRules(text: string): ParsedRules | null {
  const json = jsonOf(text);
  if (text.length > MAX_RULES_CHARS || !saysKeysOnce(text, json)) return null;
  if (isAlex(json)) {
    const translated = translateAlex(json);
    return typeof translated === "string" ? null : translated;
  }
  const parsed = GovernanceFileSchema.safeParse(json);
  return parsed.success && repeatedId(parsed.data) === null ? { file: parsed.data, gaps: [] } : null;
}

/** Which rule has the id of one before it, counted from 0. */
export function repeatedId({ rules }: GovernanceFile): number | null {
  const ids = rules.map(({ id }) => String(id));
  const at = ids.findIndex((id, n) => ids.indexOf(id) !== n);
  return at < 0 ? null : at;
}

/** Undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\u{feff}") ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
