/** One question to GitHub: refused at once while GitHub wants to be left alone, asked anew with a fresh token, and failures in words. */
import { GitHubUnavailable } from "./github.ts";
import type { Client, Line } from "./line.ts";
import { isRequestError, type RequestFailure, unavailable } from "./unavailable.ts";

export interface Asking {
  readonly line: Line;
  /** For people, after "Could not": `read pull request 5 of acme/shop`. */
  readonly what: string;
  readonly clock: () => number;
}

/** Rejects with `GitHubUnavailable`; a 404 is one too. */
export async function ask<T>(asking: Asking, call: (client: Client) => Promise<T>): Promise<T> {
  try {
    return await tried(asking, call);
  } catch (error) {
    throw isRequestError(error) ? unavailable(error, asking) : error;
  }
}

/** Null for 404: there is no such thing, or it is hidden from us. */
export async function askOrNull<T>(asking: Asking, call: (client: Client) => Promise<T>): Promise<T | null> {
  try {
    return await tried(asking, call);
  } catch (error) {
    if (!isRequestError(error)) throw error;
    if (error.status === 404 && error.response !== undefined) return null;
    throw unavailable(error, asking);
  }
}

async function tried<T>(asking: Asking, call: (client: Client) => Promise<T>): Promise<T> {
  const { line, what, clock } = asking;
  const left = line.limitedUntil - clock();
  if (left > 0)
    throw new GitHubUnavailable(
      `Could not ${what}: GitHub limits ${line.who}. It goes on in ${seconds(left)} s.`,
      left,
    );
  try {
    return await call(line.client);
  } catch (error) {
    if (isRequestError(error) && isExpired(error) && line.renew !== null) {
      await line.renew();
      return call(line.client);
    }
    if (isRequestError(error)) noteLimit(line, error, clock);
    throw error;
  }
}

function isExpired({ status, response }: RequestFailure): boolean {
  return status === 401 && response !== undefined;
}

function noteLimit(line: Line, error: RequestFailure, clock: () => number): void {
  const { retryAfterMs } = unavailable(error, { line, what: "", clock });
  if (retryAfterMs !== null) line.limitedUntil = Math.max(line.limitedUntil, clock() + retryAfterMs);
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
