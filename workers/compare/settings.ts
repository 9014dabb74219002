/** What the environment says, read once per event. Unusable values fall back to the default and are named in the log. */

/** The Worker's bindings, and the secret that is optional and therefore not in the generated type. */
export type Env = CompareEnv & { readonly ANTHROPIC_API_KEY?: string };

export interface ModelSettings {
  readonly apiKey: string;
  readonly model: string;
  readonly baseUrl: string;
}

export const DEFAULT_MODEL = "claude-sonnet-4-6";
const DEFAULT_BASE_URL = "https://api.anthropic.com";
const DEFAULT_SAFE_BODY_SHARE = 0.1;

/** Null without a key: the rules' verdicts stand. */
export function modelSettings(env: Env): ModelSettings | null {
  if (env.ANTHROPIC_API_KEY === undefined || env.ANTHROPIC_API_KEY.trim() === "") return null;
  return {
    apiKey: env.ANTHROPIC_API_KEY.trim(),
    model: env.ANTHROPIC_MODEL || DEFAULT_MODEL,
    baseUrl: env.ANTHROPIC_BASE_URL || DEFAULT_BASE_URL,
  };
}

/** Share of Safe pairs whose answers are kept, 0 to 1. */
export function safeBodyShare(env: Env): number {
  const share = Number(env.SHADOW_INFRA_SAFE_BODY_SHARE ?? DEFAULT_SAFE_BODY_SHARE);
  if (share >= 0 && share <= 1) return share;
  console.warn(
    JSON.stringify({ event: "setting-ignored", name: "SHADOW_INFRA_SAFE_BODY_SHARE", why: "not in 0 to 1" }),
  );
  return DEFAULT_SAFE_BODY_SHARE;
}
