/** Why GitHub did not do what we asked, in words for people: what happened, why, what to do. */
import type { Asking } from "./ask.ts";
import { GitHubUnavailable } from "./github.ts";

/** What octokit rejects with. Without `response` nobody answered. */
export interface RequestFailure {
  readonly status: number;
  readonly message: string;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

/** GitHub asks for a minute at least where it does not say for how long. */
const SECONDARY_LIMIT_MS = 60_000;
/** The reset is in whole seconds. */
const SECOND_MS = 1_000;

const LONGEST_WORDS_CHARS = 300;

export function isRequestError(error: unknown): error is RequestFailure {
  return error instanceof Error && "status" in error && typeof error.status === "number";
}

export function unavailable(error: RequestFailure, { line, what, clock }: Asking): GitHubUnavailable {
  const limitedMs = limitOf(error, clock());
  const words =
    limitedMs === null
      ? wordsOf(error, line.who)
      : `GitHub limits how often ${line.who} may call. It goes on by itself in ${Math.ceil(limitedMs / SECOND_MS)} s.`;
  return new GitHubUnavailable(`Could not ${what}: ${words}`, limitedMs);
}

/** How long GitHub wants to be left alone; null: this is not about a limit. */
function limitOf({ status, message, response }: RequestFailure, now: number): number | null {
  if (response === undefined || (status !== 403 && status !== 429)) return null;
  const { headers } = response;
  const retryAfter = Number(headers["retry-after"]);
  if (retryAfter > 0) return retryAfter * SECOND_MS;
  if (String(headers["x-ratelimit-remaining"]) === "0") {
    const reset = Number(headers["x-ratelimit-reset"]) * SECOND_MS;
    return Math.max(reset - now, 0) + SECOND_MS;
  }
  return status === 429 || /secondary rate/i.test(message) ? SECONDARY_LIMIT_MS : null;
}

function wordsOf({ status, message, response }: RequestFailure, who: string): string {
  const said = message.slice(0, LONGEST_WORDS_CHARS);
  if (response === undefined) return `GitHub cannot be reached (${said}). It is tried again.`;
  if (status === 401)
    return `GitHub does not accept ${who} (${said}). Check that it has not expired, was not revoked, and belongs to this GitHub.`;
  if (status === 403) return forbidden(response.headers["x-accepted-github-permissions"], who, said);
  if (status === 404) return `GitHub shows ${who} nothing there. It is gone, or access to it was taken away.`;
  if (status >= 500) return `GitHub answered ${status}. It is tried again.`;
  return `GitHub answered ${status} (${said}).`;
}

/** `statuses=write`: GitHub names the permission that would have been enough. */
function forbidden(accepted: string | number | undefined, who: string, said: string): string {
  if (accepted === undefined) return `GitHub does not allow it to ${who} (${said}). Check its permissions.`;
  const wanted = String(accepted).replaceAll("=", ": ").replaceAll("; ", " or ");
  return `GitHub does not allow it to ${who}: it lacks the permission ${wanted}. Grant it in the settings, and accept it where the App is installed.`;
}
