/**
 * People sign in at Cloudflare Access, which sends a signed token with each request:
 * https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/
 * The header is checked, never the cookie: only Access can put the header in front of the Worker.
 */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { isLoopback } from "./mode.ts";

const ACCESS_HEADER = "cf-access-jwt-assertion";

/** Milliseconds to wait for the team's keys. */
const KEYS_TIMEOUT_MS = 3_000;

/** Tolerated difference of clocks, in seconds. */
const CLOCK_TOLERANCE_S = 30;

export interface AccessConfig {
  readonly issuer: string;
  readonly audience: string;
}

export type AccessCheck = "valid" | "invalid" | "absent" | "keys-unavailable";

/** Keys by issuer, kept while the isolate lives; jose refetches them when an unknown key id turns up. */
const keySets = new Map<string, JWTVerifyGetKey>();

/**
 * The configured team and audience; null while one is missing or the domain is none.
 * The domain may be given as a URL; plain http counts on loopback only.
 */
export function accessConfig(teamDomain: string | undefined, audience: string | undefined): AccessConfig | null {
  if (!teamDomain || !audience) return null;
  const text = teamDomain.includes("://") ? teamDomain : `https://${teamDomain}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return null;
  const trusted = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  return trusted ? { issuer: url.origin, audience } : null;
}

/** Checks signature, issuer, audience and lifetime of the request's Access token. */
export async function checkAccess(request: Request, config: AccessConfig): Promise<AccessCheck> {
  const token = request.headers.get(ACCESS_HEADER);
  if (token === null) return "absent";
  try {
    await jwtVerify(token, keysOf(config.issuer), {
      issuer: config.issuer,
      audience: config.audience,
      algorithms: ["RS256"],
      requiredClaims: ["exp"],
      clockTolerance: CLOCK_TOLERANCE_S,
    });
    return "valid";
  } catch (error) {
    return isKeyTrouble(error) ? "keys-unavailable" : "invalid";
  }
}

function keysOf(issuer: string): JWTVerifyGetKey {
  const known = keySets.get(issuer);
  if (known !== undefined) return known;
  const keys = createRemoteJWKSet(new URL("/cdn-cgi/access/certs", issuer), { timeoutDuration: KEYS_TIMEOUT_MS });
  keySets.set(issuer, keys);
  return keys;
}

/** The keys could not be had: a time-out, a refused connection, an answer that is no key set. All else is the token's fault. */
function isKeyTrouble(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return (
    error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === "ERR_JOSE_GENERIC"
  );
}
