/** Credentials of a request: which headers carry them, and what is sent in their place. */
import { isSecretName } from "../../../core/redact/names.ts";

/** Names of the headers that carry credentials: Cookie, Authorization, and any other with a secret name. */
export function carriedCredentials(headers: Headers): readonly string[] {
  return [...headers.keys()].filter(isSecretName);
}

/** A key in the address is a credential too. It cannot be mapped, so such a request does not travel. */
export function hasSecretInQuery(url: string): boolean {
  const start = url.indexOf("?");
  if (start === -1) return false;
  return [...new URLSearchParams(url.slice(start))].some(([name, value]) => value !== "" && isSecretName(name));
}
