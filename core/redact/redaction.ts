/** What the redacting functions share during one pair: the keyed hash, and the names already judged. */
import { rememberingNames } from "./names.ts";
import { isToken, type RedactedType, type Redactor, tokenFor } from "./token.ts";

export interface Redaction {
  isSecretName(name: string): boolean;
  /** The token for a value; the value itself when it is empty or already a token, so redacting twice changes nothing. */
  replace(type: RedactedType, value: string): string;
}

export function redactionWith(redactor: Redactor): Redaction {
  return {
    isSecretName: rememberingNames(),
    replace: (type, value) => (value === "" || isToken(value) ? value : tokenFor(type, value, redactor)),
  };
}
