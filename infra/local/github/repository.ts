/** One repository in the hands of people: commits, pull requests, permissions, and what CI says of commits. */
import { addCommit, bring } from "./commits.ts";
import { deploymentForm, deploymentStatusForm } from "./forms/statuses.ts";
import { around, installationPayload, pingPayload, pushPayload } from "./payloads.ts";
import { moveHead, pullHandle, tell } from "./pull.ts";
import type {
  CommentFacts,
  Deliveries,
  LocalPull,
  LocalRepository,
  PullOptions,
  PushChange,
  RepositoryOptions,
} from "./stand-in.ts";
import { type Comment, type Deployment, nextId, ownerOf, type Pull, type Repository, type State } from "./state.ts";

export interface RepositoryPlace {
  readonly state: State;
  readonly deliveries: Deliveries;
}

const NO_COMMIT = "0".repeat(40);
/** Ids of repositories begin here, so that nobody takes one for a pull request's number. */
const FIRST_REPOSITORY_ID = 4_000;

export function addRepository(
  place: RepositoryPlace,
  fullName: string,
  options: RepositoryOptions & { readonly parent?: Repository } = {},
): LocalRepository {
  const { state } = place;
  const { parent = null, defaultBranch = parent?.defaultBranch ?? "main" } = options;
  const repository: Repository = {
    id: options.id ?? FIRST_REPOSITORY_ID + nextId(state),
    fullName,
    private: options.private ?? false,
    defaultBranch,
    parent,
    createdAt: state.now(),
    installed: options.installed ?? parent === null,
    removed: false,
    branches: new Map(parent?.branches),
    commits: new Set(parent?.commits),
    pulls: new Map(),
    permissions: new Map(),
    statuses: [],
    deployments: [],
    checks: [],
    workflows: [],
  };
  if (state.repositories.has(repository.id)) throw new Error(`There is a repository ${repository.id} already.`);
  state.repositories.set(repository.id, repository);
  state.formerNames.delete(fullName.toLowerCase());
  if (parent === null) {
    const files = options.files ?? { "README.md": "# Hello\n" };
    const { sha } = addCommit(state, { parents: [], files, by: ownerOf(repository), sha: options.sha });
    repository.branches.set(defaultBranch, sha);
    repository.commits.add(sha);
  }
  return repositoryHandle(place, repository);
}

/** Handles know each other's repository by this: a pull request may come from another one. */
const behind = new WeakMap<LocalRepository, Repository>();

function repositoryHandle(place: RepositoryPlace, repository: Repository): LocalRepository {
  const { state, deliveries } = place;
  const handle: LocalRepository = {
    id: repository.id,
    fullName: () => repository.fullName,
    head: (branch = repository.defaultBranch) => headOf(repository, branch),
    push: (change) => push(place, repository, change),
    deleteBranch: (branch) => void repository.branches.delete(branch),
    rename: (fullName) => {
      state.formerNames.set(repository.fullName.toLowerCase(), repository.id);
      state.formerNames.delete(fullName.toLowerCase());
      repository.fullName = fullName;
    },
    remove: () => {
      repository.removed = true;
    },
    ping: (url) => void deliveries.make("ping", pingPayload(state, repository, url)),
    install: (installed) => {
      repository.installed = installed;
      deliveries.make("installation_repositories", installationPayload(state, repository, installed));
    },
    fork: (fullName, options = {}) => addRepository(place, fullName, { ...options, parent: repository }),
    openPull: (options) => openPull(place, repository, options),
    setPermission: (login, permission) => void repository.permissions.set(login.toLowerCase(), permission),
    statuses: (sha) => repository.statuses.filter((status) => status.sha === sha),
    deploy: (sha, options) => deploy(place, repository, { sha, ...options }),
    check: (sha, run) => check(state, repository, { sha, ...run }),
    workflow: (sha, run) => void repository.workflows.push({ id: nextId(state), sha, at: state.now(), ...run }),
    checks: (sha) => repository.checks.filter((one) => one.sha === sha),
    comments: (number) => (repository.pulls.get(number)?.comments ?? []).map(commentFacts),
  };
  behind.set(handle, repository);
  return handle;
}

function headOf(repository: Repository, branch: string): string {
  const sha = repository.branches.get(branch);
  if (sha === undefined) throw new Error(`${repository.fullName} has no branch ${branch}.`);
  return sha;
}

function push({ state, deliveries }: RepositoryPlace, repository: Repository, change: PushChange): string {
  const { branch = repository.defaultBranch, by = ownerOf(repository) } = change;
  const before = repository.branches.get(branch);
  const parent = before ?? headOf(repository, repository.defaultBranch);
  const { sha } = addCommit(state, { parents: [parent], files: change.files, by, sha: change.sha });
  repository.branches.set(branch, sha);
  repository.commits.add(sha);
  deliveries.make("push", pushPayload(state, repository, { branch, before: before ?? NO_COMMIT, after: sha, by }));
  return sha;
}

function openPull(place: RepositoryPlace, repository: Repository, options: PullOptions): LocalPull {
  const { state } = place;
  const from = (options.from === undefined ? undefined : behind.get(options.from)) ?? repository;
  const number = repository.pulls.size + 1;
  const { base = repository.defaultBranch, author = ownerOf(from), branch = `feature-${number}` } = options;
  const baseSha = headOf(repository, base);
  const at = state.now();
  const pull: Pull = {
    id: nextId(state),
    number,
    author,
    createdAt: at,
    title: options.title ?? `Change ${number}`,
    updatedAt: at,
    closedAt: null,
    merged: false,
    draft: options.draft ?? false,
    baseRef: base,
    baseSha,
    headRef: branch,
    headSha: from.branches.get(branch) ?? baseSha,
    from,
    labels: options.labels ?? [],
    events: [],
    comments: [],
  };
  for (const label of pull.labels) pull.events.push({ id: nextId(state), event: "labeled", label, by: author, at });
  repository.pulls.set(number, pull);
  const files = options.files ?? { [`change-${number}.txt`]: `${number}\n` };
  const isThere = options.files === undefined && from.branches.has(branch);
  const sha = isThere
    ? pull.headSha
    : addCommit(state, { parents: [pull.headSha], files, by: author, sha: options.sha }).sha;
  moveHead({ ...place, repository, pull }, sha);
  tell({ ...place, repository, pull }, "opened", { by: author });
  return pullHandle({ ...place, repository, pull });
}

type NewDeployment = Parameters<LocalRepository["deploy"]>[1] & { readonly sha: string };

function deploy({ state, deliveries }: RepositoryPlace, repository: Repository, options: NewDeployment): void {
  const { sha, environment = "preview", url } = options;
  bring(state, repository, sha);
  const at = state.now();
  const status = { id: nextId(state), state: options.state ?? ("success" as const), url, at };
  const deployment: Deployment = { id: nextId(state), sha, environment, at, statuses: [status] };
  repository.deployments.push(deployment);
  deliveries.make("deployment_status", {
    action: "created",
    deployment_status: deploymentStatusForm(state, { repository, deployment }, status),
    deployment: deploymentForm(state, repository, deployment),
    check_run: null,
    workflow: null,
    workflow_run: null,
    ...around(state, repository, "deployer[bot]"),
  });
}

type NewCheck = Parameters<LocalRepository["check"]>[1] & { readonly sha: string };

function check(state: State, repository: Repository, { sha, name, conclusion }: NewCheck): void {
  const at = state.now();
  const status = conclusion === null ? ("in_progress" as const) : ("completed" as const);
  const completedAt = conclusion === null ? null : at;
  const known = repository.checks.find((one) => one.sha === sha && one.name === name);
  if (known !== undefined) {
    Object.assign(known, { status, conclusion, completedAt });
    return;
  }
  const output = { title: null, summary: null, text: null };
  const rest = { output, detailsUrl: null, startedAt: at, completedAt };
  repository.checks.push({ id: nextId(state), sha, name, status, conclusion, ...rest });
}

function commentFacts({ id, by, body, reactions }: Comment): CommentFacts {
  return { id, by, body, reactions: Array.from(reactions.values(), ({ content }) => content) };
}
