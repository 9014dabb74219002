/** What the environment says, read once per event. Unusable values fall back to the default and are named in the log. */
import type { CallBudget } from "./record/model-usage.ts";

/** The Worker's bindings, and the secret that is optional and therefore not in the generated type. */
export type Env = CompareEnv & { readonly ANTHROPIC_API_KEY?: string };

export interface ModelSettings {
  readonly apiKey: string;
  readonly model: string;
  readonly baseUrl: string;
  /** Of one request; a batch's questions together have twice as long. */
  readonly timeoutMs: number;
  readonly budget: CallBudget;
}

export const DEFAULT_MODEL = "claude-sonnet-4-6";
const DEFAULT_BASE_URL = "https://api.anthropic.com";
const DEFAULT_SAFE_BODY_SHARE = 0.1;

/** Some 4,000 tokens each, most of them cached: about a dollar for a deployment, five for a repository's day. */
const DEFAULT_BUDGET: CallBudget = { perDeployment: 200, perRepositoryAndDay: 1_000 };

/** The longest leaves a batch and its claims (two minutes) room to end in order. */
const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_TIMEOUT_MS = 30_000;

/** Null without a key: the rules' verdicts stand. */
export function modelSettings(env: Env): ModelSettings | null {
  if (env.ANTHROPIC_API_KEY === undefined || env.ANTHROPIC_API_KEY.trim() === "") return null;
  return {
    apiKey: env.ANTHROPIC_API_KEY.trim(),
    model: env.ANTHROPIC_MODEL || DEFAULT_MODEL,
    baseUrl: env.ANTHROPIC_BASE_URL || DEFAULT_BASE_URL,
    timeoutMs: wholeNumber(env, "SHADOW_INFRA_MODEL_TIMEOUT_MS", {
      fallback: DEFAULT_TIMEOUT_MS,
      max: MAX_TIMEOUT_MS,
      min: 1,
    }),
    budget: {
      perDeployment: wholeNumber(env, "SHADOW_INFRA_MODEL_CALLS_PER_DEPLOYMENT", {
        fallback: DEFAULT_BUDGET.perDeployment,
      }),
      perRepositoryAndDay: wholeNumber(env, "SHADOW_INFRA_MODEL_CALLS_PER_DAY", {
        fallback: DEFAULT_BUDGET.perRepositoryAndDay,
      }),
    },
  };
}

/** Share of Safe pairs whose answers are kept, 0 to 1. */
export function safeBodyShare(env: Env): number {
  const share = Number(env.SHADOW_INFRA_SAFE_BODY_SHARE ?? DEFAULT_SAFE_BODY_SHARE);
  if (share >= 0 && share <= 1) return share;
  ignored("SHADOW_INFRA_SAFE_BODY_SHARE", "not in 0 to 1");
  return DEFAULT_SAFE_BODY_SHARE;
}

type NumberName =
  | "SHADOW_INFRA_MODEL_TIMEOUT_MS"
  | "SHADOW_INFRA_MODEL_CALLS_PER_DEPLOYMENT"
  | "SHADOW_INFRA_MODEL_CALLS_PER_DAY";

interface Range {
  readonly fallback: number;
  readonly min?: number;
  readonly max?: number;
}

/** Not set and empty mean the default; anything else has to be a number in the range. */
function wholeNumber(env: Env, name: NumberName, { fallback, min = 0, max = Number.MAX_SAFE_INTEGER }: Range): number {
  const text = (env[name] ?? "").trim();
  if (text === "") return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  ignored(name, `not a whole number from ${min}${max === Number.MAX_SAFE_INTEGER ? "" : ` to ${max}`}`);
  return fallback;
}

function ignored(name: string, why: string): void {
  console.warn(JSON.stringify({ event: "setting-ignored", name, why }));
}
