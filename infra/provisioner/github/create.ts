/** Makes the client of GitHub's API from the operator's settings. */
import type { GitHubSettings, RepositorySettings } from "../settings/operator.ts";
import type { GitHub } from "./github.ts";

/** Fields first, words after, as pino takes them. */
export interface GitHubLog {
  readonly warn: (fields: Readonly<Record<string, unknown>>, words: string) => void;
}

export interface GitHubClientOptions {
  /** The operator's list; no other repository is served. */
  readonly repositories: ReadonlyMap<number, RepositorySettings>;
  readonly log: GitHubLog;
  /** Unix milliseconds. */
  readonly clock: () => number;
}

export function createGitHub(_settings: GitHubSettings, _options: GitHubClientOptions): GitHub {
  throw new Error("not written yet");
}
