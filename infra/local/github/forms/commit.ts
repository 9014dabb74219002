/** Commits, trees and files as GitHub shows them. */
import type { components } from "@octokit/openapi-types";
import type { Commit, Repository, State, TreeEntry } from "../state.ts";
import { apiUrl, iso, nodeId } from "./links.ts";
import { userForm, userId } from "./user.ts";

type Schemas = components["schemas"];

export function commitForm(state: State, repository: Repository, commit: Commit) {
  const api = apiUrl(state, `/repos/${repository.fullName}`);
  const url = `${api}/commits/${commit.sha}`;
  const person = { name: commit.by, email: `${commit.by}@example.com`, date: iso(commit.at) };
  return {
    sha: commit.sha,
    node_id: nodeId(`C${commit.sha.slice(0, 12)}`, repository.id),
    commit: {
      author: person,
      committer: person,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
    },
    url,
    html_url: `${state.origin()}/${repository.fullName}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: userForm(state, commit.by),
    committer: userForm(state, commit.by),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${state.origin()}/${repository.fullName}/commit/${sha}`,
    })),
  } satisfies Schemas["commit"];
}

export interface TreeParts {
  readonly sha: string;
  readonly entries: readonly TreeEntry[];
}

export function treeForm(state: State, repository: Repository, { sha, entries }: TreeParts) {
  const api = apiUrl(state, `/repos/${repository.fullName}/git`);
  return {
    sha,
    url: `${api}/trees/${sha}`,
    tree: entries.map(({ path, mode, type, sha: entry, size }) => ({
      path,
      mode,
      type,
      sha: entry,
      ...(size === null ? {} : { size }),
      // The commit of another repository has no address here.
      ...(type === "commit" ? {} : { url: `${api}/${type}s/${entry}` }),
    })),
    truncated: false,
  } satisfies Schemas["git-tree"];
}

export function blobForm(state: State, repository: Repository, { sha, bytes }: { sha: string; bytes: Uint8Array }) {
  return {
    sha,
    node_id: nodeId(`B${sha.slice(0, 12)}`, repository.id),
    size: bytes.length,
    url: apiUrl(state, `/repos/${repository.fullName}/git/blobs/${sha}`),
    content: base64Lines(bytes),
    encoding: "base64",
  } satisfies Schemas["blob"];
}

export interface FileParts {
  readonly path: string;
  readonly ref: string;
  readonly entry: TreeEntry;
}

/** What files, folders and links have in common in answers of `contents`. */
export function contentLinks(state: State, repository: Repository, { path, ref, entry }: FileParts) {
  const url = apiUrl(state, `/repos/${repository.fullName}/contents/${path}?ref=${ref}`);
  const page = `${state.origin()}/${repository.fullName}/blob/${ref}/${path}`;
  const git = apiUrl(state, `/repos/${repository.fullName}/git/${entry.type}s/${entry.sha}`);
  return {
    name: entry.path,
    path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url,
    html_url: page,
    git_url: git,
    download_url: entry.type === "blob" ? `${state.origin()}/raw/${repository.fullName}/${ref}/${path}` : null,
    _links: { self: url, git, html: page },
  };
}

/** GitHub breaks base64 into lines of 60. */
export function base64Lines(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replaceAll(/.{60}/g, "$&\n");
}

/** A stable small number of a commit, for ids that only have to be there. */
export function commitNumber(sha: string): number {
  return userId(sha);
}
