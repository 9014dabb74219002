/** Whether a shadow may live where a registration says, and the words for why not. The rules are `core/shadow/origin.ts`. */
import { type OriginReason, type OriginRules, readShadowOrigin } from "../../../core/shadow/origin.ts";
import { isLocal } from "../auth/mode.ts";

const SUFFIXES = "SHADOW_INFRA_SHADOW_SUFFIXES";

const WORDS: Readonly<Record<OriginReason, string>> = {
  "origin-form": "scheme and host only, in lower case, such as https://pr-12-0a1b.shadow.example.com",
  "origin-not-https": "only https",
  "origin-port": "no port",
  "origin-address": "a name, not an address in numbers",
  "origin-punycode": "no names of other alphabets below the suffix",
  "origin-elsewhere": `not below a suffix that the operator lists in ${SUFFIXES}`,
  "suffix-form": `the operator's ${SUFFIXES} has an entry that is no name of at least two labels`,
  "suffix-public": `the operator's ${SUFFIXES} has an entry under which anybody can have a name`,
  "suffix-inside": `the operator's ${SUFFIXES} has an entry of a local network`,
};

export type AddressSettings = Partial<Pick<ReportEnv, "SHADOW_INFRA_MODE" | "SHADOW_INFRA_SHADOW_SUFFIXES">>;

export function rulesOf(settings: AddressSettings): OriginRules {
  return { allowed: settings.SHADOW_INFRA_SHADOW_SUFFIXES ?? "", local: isLocal(settings.SHADOW_INFRA_MODE) };
}

type Read = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly words: string };

/** The origin in its one spelling, or what is wrong with it. */
export function readAddress(text: string, rules: OriginRules): Read {
  const read = readShadowOrigin(text, rules);
  if (read.ok) return read;
  const about = read.detail === undefined ? "" : ` (${read.detail})`;
  return { ok: false, words: `${WORDS[read.reason]}${about}.` };
}
