/** Names of images that are built for a commit: `ghcr.io/acme/{service}:{sha}`. */
import type { Result } from "../../../core/pair/result.ts";

export interface TemplateValues {
  /** 40 hex digits. */
  readonly sha: string;
  /** Null: a commit that belongs to no pull request. */
  readonly pr: number | null;
  readonly service: string;
}

export type TemplateReason = "template-unknown" | "template-without-sha" | "template-pr" | "template-digest";

/** As `git` and most pipelines shorten a commit. */
const SHORT_SHA_CHARS = 7;

/** Without the commit in it, a name could be an image of any other commit. `detail` is the placeholder. */
export function fillTemplate(template: string, { sha, pr, service }: TemplateValues): Result<string, TemplateReason> {
  if (!/\{(?:short_)?sha\}/.test(template)) return { ok: false, reason: "template-without-sha" };
  // A digest decides alone: whatever tag stands before it, the image would be the same for every commit.
  if (template.includes("@")) return { ok: false, reason: "template-digest" };
  if (pr === null && template.includes("{pr}")) return { ok: false, reason: "template-pr" };
  const values: Readonly<Record<string, string>> = {
    sha,
    short_sha: sha.slice(0, SHORT_SHA_CHARS),
    pr: String(pr),
    service,
  };
  const unknown = [...template.matchAll(/\{([^{}]*)\}/g)].find(([, name = ""]) => !Object.hasOwn(values, name));
  if (unknown !== undefined) return { ok: false, reason: "template-unknown", detail: unknown[0] };
  return { ok: true, value: template.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => values[name] ?? "") };
}
