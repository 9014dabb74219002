/** Begins the redaction of one pair: its rules, the tokens made so far, and the reading of text inside text. */
import type { Redaction } from "./redaction.ts";
import { DEFAULT_RULES, type RedactionRules } from "./rules.ts";
import { redactText } from "./text.ts";
import { isToken, type RedactedType, type Redactor, shapeToken, tokenFor } from "./token.ts";

export function redactionWith(redactor: Redactor, rules: RedactionRules = DEFAULT_RULES): Redaction {
  const made = new Map<string, string>();
  const redaction: Redaction = {
    rules,
    isSecretName: (name) => rules.names.read(name).secret,
    replace(type, value) {
      if (value === "" || isToken(value)) return value;
      return rules.shapeOnly ? shapeToken(type) : remembered(made, { type, value, redactor });
    },
    text: (text, carrier) => redactText(text, redaction, carrier),
  };
  return redaction;
}

/** Both sides of a pair mostly hold the same secrets: each is hashed once. */
function remembered(
  made: Map<string, string>,
  { type, value, redactor }: { type: RedactedType; value: string; redactor: Redactor },
): string {
  const key = `${type}:${value}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const token = tokenFor(type, value, redactor);
  made.set(key, token);
  return token;
}
