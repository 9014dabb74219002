/**
 * Secrets inside running text: secret-looking values, and the values of secret query parameters in any address.
 * Used for paths, headers, strings of JSON and whole bodies alike.
 */
import { replaceValues } from "./matches.ts";
import { redactPatterns } from "./patterns.ts";
import type { Redaction } from "./redaction.ts";

/** `?name=value`, also `&amp;name=value` of markup and parameters of a fragment. Names are bounded: no quadratic work. */
const PARAMETER = /[?&;#](?<name>[\w.~%[\]-]{1,128})=(?<value>[^\s&;#"'<>\\]+)/g;

export function redactText(text: string, redaction: Redaction): string {
  const result = redactPatterns(text, redaction);
  return result.includes("=") ? redactParameters(result, redaction) : result;
}

function redactParameters(text: string, redaction: Redaction): string {
  return replaceValues(text, PARAMETER, ({ name = "", value = "" }) =>
    redaction.isSecretName(percentDecoded(name)) ? redaction.replace("string", percentDecoded(value)) : value,
  );
}

/** `application/x-www-form-urlencoded`: the same parameters, from the start of the body. */
export function redactForm(body: string, redaction: Redaction): string {
  return redactText(`&${body}`, redaction).slice(1);
}

/** The decoded text; the text itself where it is not validly encoded. */
export function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
