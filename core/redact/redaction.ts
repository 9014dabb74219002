/** What the redacting functions share during one pair: the rules, and the tokens made so far. */
import { DEFAULT_RULES, type RedactionRules } from "./rules.ts";
import { isToken, type RedactedType, type Redactor, shapeToken, tokenFor } from "./token.ts";

export interface Redaction {
  readonly rules: RedactionRules;
  isSecretName(name: string): boolean;
  /** The token for a value; the value itself when it is empty or already a token, so redacting twice changes nothing. */
  replace(type: RedactedType, value: string): string;
}

/** Both sides of a pair mostly hold the same secrets: each is hashed once. */
export function redactionWith(redactor: Redactor, rules: RedactionRules = DEFAULT_RULES): Redaction {
  const made = new Map<string, string>();
  return {
    rules,
    isSecretName: (name) => rules.names.read(name).secret,
    replace(type, value) {
      if (value === "" || isToken(value)) return value;
      if (rules.shapeOnly) return shapeToken(type);
      const key = `${type}:${value}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const token = tokenFor(type, value, redactor);
      made.set(key, token);
      return token;
    },
  };
}
