/**
 * Who may call what. Deployed: people with a Cloudflare Access token read and stop mirroring, the service token's holder does
 * all. Local: this machine reads and stops; provisioning still takes the service token, which the launcher knows.
 */
import type { Audience } from "../../../core/wire/api/operation.ts";
import { type Refused, refuse } from "../http/reply.ts";
import { type AccessConfig, accessConfig, checkAccess } from "./access.ts";
import { isLocal, refuseForeign } from "./mode.ts";
import { hasServiceToken } from "./service-token.ts";

/** The settings authentication reads. */
export type AuthSettings = Pick<
  ReportEnv,
  "SHADOW_INFRA_MODE" | "ACCESS_TEAM_DOMAIN" | "ACCESS_AUD" | "SHADOW_INFRA_SERVICE_TOKEN"
>;

const NOT_CONFIGURED =
  "Set ACCESS_TEAM_DOMAIN and ACCESS_AUD so that people can sign in by Cloudflare Access, " +
  "and the secret SHADOW_INFRA_SERVICE_TOKEN for services. Until then only /healthz answers.";

/** Why the caller may not pass; null when it may. */
export async function authenticate(
  request: Request,
  audience: Audience,
  settings: AuthSettings,
): Promise<Refused | null> {
  if (audience === "anyone") return null;
  if (isLocal(settings.SHADOW_INFRA_MODE)) return authenticateLocal(request, audience, settings);
  const access = accessConfig(settings.ACCESS_TEAM_DOMAIN, settings.ACCESS_AUD);
  if (access === null && !settings.SHADOW_INFRA_SERVICE_TOKEN)
    return refuse("authentication-not-configured", NOT_CONFIGURED);
  if (await hasServiceToken(request, settings.SHADOW_INFRA_SERVICE_TOKEN)) return null;
  return authenticatePerson(request, audience, access);
}

async function authenticateLocal(
  request: Request,
  audience: Audience,
  settings: AuthSettings,
): Promise<Refused | null> {
  const foreign = refuseForeign(request);
  if (foreign !== null || audience !== "service") return foreign;
  return (await hasServiceToken(request, settings.SHADOW_INFRA_SERVICE_TOKEN)) ? null : notAuthenticated(request);
}

async function authenticatePerson(
  request: Request,
  audience: Audience,
  access: AccessConfig | null,
): Promise<Refused | null> {
  if (access === null) return notAuthenticated(request);
  const check = await checkAccess(request, access);
  if (check === "keys-unavailable") return refuse("authentication-unavailable");
  if (check !== "valid") return notAuthenticated(request);
  return audience === "service" ? refuse("service-token-required") : null;
}

/** 401 has to name a scheme (RFC 9110, section 11.6.1). It never says which part of a token was wrong. */
function notAuthenticated(request: Request): Refused {
  const sent = request.headers.has("authorization") || request.headers.has("cf-access-jwt-assertion");
  const detail = sent ? "The token that was sent is not valid here." : "Sign in, or send the service token.";
  return { ...refuse("not-authenticated", detail), headers: { "www-authenticate": "Bearer" } };
}
