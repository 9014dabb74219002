/** The real client in front of the stand-in of GitHub: what every test here begins with. */
import { afterEach } from "vitest";
import type { GitHubOptions, LocalGitHub } from "../../../infra/local/github/stand-in.ts";
import { startGitHub } from "../../../infra/local/github/start.ts";
import { createGitHub } from "../../../infra/provisioner/github/create.ts";
import { type GitHub, GitHubUnavailable } from "../../../infra/provisioner/github/github.ts";
import type { GitHubSettings, RepositorySettings } from "../../../infra/provisioner/settings/operator.ts";
import { repositorySettings } from "../../../infra/provisioner/settings/repository.ts";

const open: LocalGitHub[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((github) => github.close()));
});

/** Closed after the test. */
export async function standIn(options: GitHubOptions = {}): Promise<LocalGitHub> {
  const github = await startGitHub(options);
  open.push(github);
  return github;
}

/** Nothing is waited for. */
export const PACE = { timeoutMs: 2_000, writeGapMs: 0, retryBaseMs: 1 };

export interface ClientOptions {
  /** Ids of the repositories the operator lists. */
  readonly ids: readonly number[];
  readonly clock?: () => number;
  readonly settings?: Partial<GitHubSettings>;
  readonly timeoutMs?: number;
  /** Of every repository that is listed. */
  readonly allowed?: Partial<RepositorySettings>;
  /** Everything the client logs. */
  readonly said?: string[];
}

export function tokenClient(github: LocalGitHub, options: ClientOptions): GitHub {
  return client({ apiUrl: github.origin, kind: "token", token: github.token }, options);
}

export function appClient(github: LocalGitHub, options: ClientOptions): GitHub {
  return client({ apiUrl: github.origin, kind: "app", ...github.app() }, options);
}

export function client(settings: GitHubSettings, options: ClientOptions): GitHub {
  const { ids, clock = Date.now, said = [], timeoutMs = PACE.timeoutMs, allowed = {} } = options;
  return createGitHub(settings, {
    repositories: new Map(ids.map((id) => [id, { ...listed(id), ...allowed }])),
    log: { warn: (fields, words) => said.push(`${words} ${JSON.stringify(fields)}`) },
    clock,
    pace: { ...PACE, timeoutMs },
  });
}

function listed(id: number): RepositorySettings {
  return repositorySettings({ id, fullName: `listed/repository-${id}` });
}

/** What it rejects with, which has to be `GitHubUnavailable`. */
export async function unavailability(work: Promise<unknown>): Promise<GitHubUnavailable> {
  const error: unknown = await work.then(
    () => new Error("It did not reject."),
    (reason: unknown) => reason,
  );
  if (error instanceof GitHubUnavailable) return error;
  throw error;
}

/** The first of a list that has to have one. */
export function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error("The list is empty.");
  return item;
}
