/** What the stand-in remembers, as plain data in memory. It is a server's state: these maps and lists change in place. */
import type { AppPermissions, Call, CheckConclusion, Fault, FileContent, Permission } from "./stand-in.ts";

export interface State {
  readonly now: () => number;
  origin: () => string;
  readonly permissions: AppPermissions | null;
  readonly tokenLifeMs: number;
  readonly token: string;
  /** By id. */
  readonly repositories: Map<number, Repository>;
  /** Names a repository had before, in lower case, to its id. */
  readonly formerNames: Map<string, number>;
  readonly commits: Map<string, Commit>;
  readonly trees: Map<string, readonly TreeEntry[]>;
  readonly blobs: Map<string, Uint8Array>;
  /** Tokens of installations. */
  readonly tokens: Map<string, { readonly installation: number; readonly expiresAt: number }>;
  /** Installation ids by the account's name in lower case. */
  readonly installations: Map<string, number>;
  readonly calls: Call[];
  fault: Fault | null;
  appKey: { readonly publicKey: string; readonly privateKey: string } | null;
  lastId: number;
}

export interface Repository {
  readonly id: number;
  fullName: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly parent: Repository | null;
  readonly createdAt: number;
  installed: boolean;
  removed: boolean;
  /** Commits by branch. */
  readonly branches: Map<string, string>;
  /** Commits that can be read through it: its own, and those that pull requests brought. */
  readonly commits: Set<string>;
  readonly pulls: Map<number, Pull>;
  readonly permissions: Map<string, Permission>;
  readonly statuses: Status[];
  readonly deployments: Deployment[];
  readonly checks: Check[];
  readonly workflows: Workflow[];
}

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly files: ReadonlyMap<string, Exclude<FileContent, null>>;
  readonly tree: string;
  readonly by: string;
  readonly at: number;
  readonly message: string;
}

export interface TreeEntry {
  readonly path: string;
  readonly mode: "100644" | "120000" | "160000" | "040000";
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
  readonly size: number | null;
}

export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly author: string;
  readonly createdAt: number;
  title: string;
  updatedAt: number;
  closedAt: number | null;
  merged: boolean;
  draft: boolean;
  baseRef: string;
  baseSha: string;
  headRef: string;
  headSha: string;
  readonly from: Repository;
  labels: readonly string[];
  readonly events: PullEvent[];
  readonly comments: Comment[];
}

/** https://docs.github.com/rest/using-the-rest-api/issue-event-types, those a pull request goes through here. */
export interface PullEvent {
  readonly id: number;
  readonly event:
    | "labeled"
    | "unlabeled"
    | "closed"
    | "reopened"
    | "head_ref_force_pushed"
    | "ready_for_review"
    | "convert_to_draft";
  /** Of `labeled` and `unlabeled`. */
  readonly label: string | null;
  readonly by: string;
  readonly at: number;
}

export interface Comment {
  readonly id: number;
  readonly by: string;
  readonly at: number;
  body: string;
  updatedAt: number;
  /** Each once. */
  readonly reactions: Map<number, { readonly by: string; readonly content: Reaction }>;
}

/** https://docs.github.com/rest/reactions/reactions */
export const REACTIONS = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;
export type Reaction = (typeof REACTIONS)[number];

export interface Status {
  readonly id: number;
  readonly sha: string;
  readonly state: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly context: string;
  readonly by: string;
  readonly at: number;
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly at: number;
  readonly statuses: DeploymentStatus[];
}

export interface DeploymentStatus {
  readonly id: number;
  readonly state: "success" | "failure" | "error" | "inactive" | "pending" | "queued" | "in_progress";
  readonly url: string | null;
  readonly at: number;
}

/** One run of a workflow of GitHub Actions. */
export interface Workflow {
  readonly id: number;
  readonly sha: string;
  readonly name: string;
  /** Null: it still runs. */
  readonly conclusion: CheckConclusion | null;
  readonly at: number;
}

export interface Check {
  readonly id: number;
  readonly sha: string;
  name: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: CheckConclusion | null;
  output: { title: string | null; summary: string | null; text: string | null };
  detailsUrl: string | null;
  readonly startedAt: number;
  completedAt: number | null;
}

/** Grows by one; ids of all kinds come from it, so that later is greater. */
export function nextId(state: State): number {
  state.lastId += 1;
  return state.lastId;
}

export function ownerOf(repository: Repository): string {
  return repository.fullName.split("/")[0] ?? "";
}

export function nameOf(repository: Repository): string {
  return repository.fullName.split("/")[1] ?? "";
}

/** By its name of now, in any letter case. */
export function repositoryNamed(state: State, fullName: string): Repository | null {
  const wanted = fullName.toLowerCase();
  for (const repository of state.repositories.values())
    if (!repository.removed && repository.fullName.toLowerCase() === wanted) return repository;
  return null;
}

export function installationOf(state: State, owner: string): number {
  const key = owner.toLowerCase();
  const known = state.installations.get(key);
  if (known !== undefined) return known;
  const id = nextId(state);
  state.installations.set(key, id);
  return id;
}

/** May they push? Owners may; others as they were given. */
export function permissionOf(repository: Repository, login: string): Permission {
  if (login.toLowerCase() === ownerOf(repository).toLowerCase()) return "admin";
  return repository.permissions.get(login.toLowerCase()) ?? (repository.private ? "none" : "read");
}
