/** The `WWW-Authenticate` header of a registry (RFC 9110, section 11.6.1), as far as registries use it. */

export interface TokenChallenge {
  readonly kind: "token";
  /** Where tokens are to be had. */
  readonly realm: string;
  readonly service: string | null;
}

/** Longer headers are no challenge of a registry. */
const MAX_CHARS = 4_000;

const PARAMETER = /([a-z]+)="([^"]*)"/gi;

export function readChallenge(header: string): TokenChallenge | { readonly kind: "basic" } | null {
  if (header.length > MAX_CHARS) return null;
  const [scheme = ""] = header.trim().split(/\s/, 1);
  if (scheme.toLowerCase() === "basic") return { kind: "basic" };
  if (scheme.toLowerCase() !== "bearer") return null;
  const parameters = new Map(
    [...header.matchAll(PARAMETER)].map(([, name = "", value = ""]) => [name.toLowerCase(), value]),
  );
  const realm = parameters.get("realm");
  return realm === undefined ? null : { kind: "token", realm, service: parameters.get("service") ?? null };
}
