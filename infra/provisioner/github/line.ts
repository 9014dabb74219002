/**
 * Our connections to GitHub: one client for each installation of the App, or one for the token. A line knows until when GitHub wants
 * to be left alone, and asks for a new token when the one it had is not taken any more.
 */
import { setTimeout as wait } from "node:timers/promises";
import { App } from "@octokit/app";
import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import type { GitHubSettings } from "../settings/operator.ts";
import { createFetch } from "./fetch.ts";

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api: GitHub itself ends a call after 10 s. */
const TIMEOUT_MS = 15_000;
/** Between writes, as GitHub asks for. https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const WRITE_GAP_MS = 1_000;
/** A server's error is tried again after one and four times this. */
const RETRY_BASE_MS = 500;
const RETRIES = 2;
/** What trying again does not help. 429 and 403 say how long to wait, which is the caller's to do. */
const DO_NOT_RETRY = [400, 401, 403, 404, 409, 410, 422, 429, 451];

/** https://docs.github.com/rest/about-the-rest-api/api-versions */
const API_VERSION = "2022-11-28";

const Client = Octokit.plugin(paginateRest, retry, throttling);
export type Client = InstanceType<typeof Client>;

/** For tests, which wait for nothing. */
export interface Pace {
  readonly timeoutMs?: number;
  readonly writeGapMs?: number;
  readonly retryBaseMs?: number;
}

export interface Line {
  readonly client: Client;
  /** For people: whom GitHub lets in, or does not. */
  readonly who: string;
  /** Makes the next call use a new token; null: there is no other. */
  readonly renew: (() => Promise<void>) | null;
  /** Unix milliseconds; GitHub said so. */
  limitedUntil: number;
}

export interface Lines {
  /** For what belongs to the App itself; null with a token. */
  readonly app: Line | null;
  /** The installation's line, made once; with a token always the same. */
  readonly of: (installationId: number | null) => Promise<Line>;
}

export interface LineOptions {
  readonly pace: Pace;
  /** Whatever octokit has to say. */
  readonly warn: (words: string) => void;
}

export function createLines(settings: GitHubSettings, { pace, warn }: LineOptions): Lines {
  const options = clientOptions(settings.apiUrl, pace, warn);
  if (settings.kind === "token") {
    const client = new Client({ ...options, auth: settings.token });
    const line: Line = { client, who: "the token", renew: null, limitedUntil: 0 };
    return { app: null, of: () => Promise.resolve(line) };
  }
  const app = new App({
    appId: settings.appId,
    privateKey: settings.privateKey,
    Octokit: Client.defaults(options),
    log: options.log,
  });
  const lines = new Map<number, Promise<Line>>();
  return {
    app: { client: app.octokit, who: "the App's key", renew: null, limitedUntil: 0 },
    of: (installationId) => {
      const id = installationId ?? 0;
      const line = lines.get(id) ?? installationLine(app.getInstallationOctokit(id), id);
      lines.set(id, line);
      return line;
    },
  };
}

async function installationLine(made: Promise<Client>, id: number): Promise<Line> {
  const client = await made;
  return {
    client,
    who: `the App's installation ${id}`,
    renew: async () => {
      await client.auth({ type: "installation", refresh: true });
    },
    limitedUntil: 0,
  };
}

function clientOptions(apiUrl: string, pace: Pace, warn: (words: string) => void) {
  const quiet = () => undefined;
  const never = () => undefined;
  return {
    baseUrl: apiUrl.replace(/\/+$/, ""),
    userAgent: "shadow-infra",
    request: { fetch: createFetch(pace.timeoutMs ?? TIMEOUT_MS), headers: { "x-github-api-version": API_VERSION } },
    retry: { doNotRetry: DO_NOT_RETRY, retries: RETRIES, retryAfterBaseValue: pace.retryBaseMs ?? RETRY_BASE_MS },
    throttle: {
      // Nothing is waited for in here: the loop does, and says so on the pull request.
      onRateLimit: never,
      onSecondaryRateLimit: never,
      // The plugin's own pace cannot be set without its queue, which it does not give away. Only `key` and `schedule` of it are called.
      write: writePace(pace.writeGapMs ?? WRITE_GAP_MS) as never,
    },
    log: { debug: quiet, info: quiet, warn, error: warn },
  };
}

/** One write after the other, each that long after the one before. */
function writePace(gapMs: number) {
  let turn: Promise<unknown> = Promise.resolve();
  const schedule = async (_options: unknown, job: () => Promise<unknown>): Promise<unknown> => {
    const mine = turn;
    turn = mine.then(() => wait(gapMs, undefined, { ref: false }));
    await mine;
    return job();
  };
  return { key: () => ({ schedule }) };
}
