/** Credentials in an address. They cannot be mapped to test identities, so such a request does not travel. */
import { isKnownSecret } from "./names.ts";

export function hasSecretInQuery(url: string): boolean {
  const start = url.indexOf("?");
  if (start === -1) return false;
  const end = url.indexOf("#", start);
  const query = new URLSearchParams(url.slice(start, end === -1 ? undefined : end));
  return [...query].some(([name, value]) => value !== "" && isKnownSecret(name));
}

/** The referring page's address, unless it carries credentials itself. */
export function isHarmlessReferer(referer: string): boolean {
  return !hasSecretInQuery(referer) && !/^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]*@/i.test(referer);
}
