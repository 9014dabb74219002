/** Makes the client of GitHub's API from the operator's settings: an App's installations, or a token. */
import type { GitHubSettings, RepositorySettings } from "../settings/operator.ts";
import { createBuilds } from "./builds.ts";
import { createDirectory } from "./directory.ts";
import { readFile } from "./files.ts";
import type { GitHub } from "./github.ts";
import { createLines, type Pace } from "./line.ts";
import type { GitHubLog, Parts } from "./parts.ts";
import { createPeople } from "./people.ts";
import { createPulls } from "./pulls.ts";
import { createReactions } from "./reactions.ts";
import { repositories } from "./repositories.ts";
import { createStatuses } from "./statuses.ts";
import { createTrees } from "./tree.ts";

export interface GitHubClientOptions {
  /** The operator's list; no other repository is served. */
  readonly repositories: ReadonlyMap<number, RepositorySettings>;
  readonly log: GitHubLog;
  /** Unix milliseconds. */
  readonly clock: () => number;
  /** How long is waited for what; the defaults are what GitHub asks for. */
  readonly pace?: Pace;
}

/** Calls nothing yet. Every function rejects with `GitHubUnavailable` where GitHub did not answer or did not let us. */
export function createGitHub(settings: GitHubSettings, options: GitHubClientOptions): GitHub {
  const { log, clock, pace = {} } = options;
  const warn = (words: string) => log.warn({ part: "github" }, words);
  const lines = createLines(settings, { pace, warn });
  const parts: Parts = { lines, directory: createDirectory(), listed: options.repositories, log, clock };
  const statuses = createStatuses(parts);
  const trees = createTrees(parts);
  return {
    repositories: () => repositories(parts),
    ...createPulls(parts, createPeople(parts), statuses),
    file: (at, path) => readFile({ parts, trees }, at, path),
    setStatus: statuses.set,
    ...createReactions(parts),
    ...createBuilds(parts),
  };
}
