/** A pull request as GitHub shows it: in a list, alone, and as the issue it also is. */
import type { components } from "@octokit/openapi-types";
import { ancestors, mergeBase } from "../commits.ts";
import { ownerOf, type Pull, type Repository, type State } from "../state.ts";
import { labelForm, noReactions } from "./label.ts";
import { apiUrl, iso, isoOrNull, nodeId } from "./links.ts";
import { repositoryForm } from "./repository.ts";
import { userForm } from "./user.ts";

type Schemas = components["schemas"];

/** The published schema says that `head.repo` is always there. A fork that is gone is null. */
type ForkMayBeGone<P extends { readonly head: { readonly repo: unknown } }> = Omit<P, "head"> & {
  readonly head: Omit<P["head"], "repo"> & { readonly repo: Schemas["repository"] | null };
};

export function pullSimpleForm(state: State, repository: Repository, pull: Pull) {
  return {
    ...links(state, repository, pull),
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    number: pull.number,
    state: pull.closedAt === null ? ("open" as const) : ("closed" as const),
    locked: false,
    title: pull.title,
    user: userForm(state, pull.author),
    body: null,
    labels: pull.labels.map((name) => labelForm(state, repository, name)),
    milestone: null,
    active_lock_reason: null,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: isoOrNull(pull.closedAt),
    merged_at: pull.merged ? isoOrNull(pull.closedAt) : null,
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: sideForm(state, pull.from, { ref: pull.headRef, sha: pull.headSha }),
    base: {
      ...sideForm(state, repository, { ref: pull.baseRef, sha: pull.baseSha }),
      repo: repositoryForm(state, repository),
    },
    author_association: pull.author === ownerOf(repository) ? ("OWNER" as const) : ("CONTRIBUTOR" as const),
    auto_merge: null,
    draft: pull.draft,
  } satisfies ForkMayBeGone<Schemas["pull-request-simple"]>;
}

export function pullForm(state: State, repository: Repository, pull: Pull) {
  const simple = pullSimpleForm(state, repository, pull);
  const base = mergeBase(state, pull.baseSha, pull.headSha);
  const below = new Set(base === null ? [] : ancestors(state, base));
  return {
    ...simple,
    merged: pull.merged,
    mergeable: true,
    rebaseable: true,
    mergeable_state: "clean",
    merged_by: pull.merged ? userForm(state, ownerOf(repository)) : null,
    comments: pull.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: ancestors(state, pull.headSha).filter((sha) => !below.has(sha)).length,
    additions: 1,
    deletions: 0,
    changed_files: 1,
  } satisfies ForkMayBeGone<Schemas["pull-request"]>;
}

/** What `issue_comment` says of it. */
export function issueForm(state: State, repository: Repository, pull: Pull) {
  const url = apiUrl(state, `/repos/${repository.fullName}/issues/${pull.number}`);
  const { url: pullUrl, html_url, diff_url, patch_url } = links(state, repository, pull);
  return {
    url,
    repository_url: apiUrl(state, `/repos/${repository.fullName}`),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    number: pull.number,
    title: pull.title,
    user: userForm(state, pull.author),
    labels: pull.labels.map((name) => labelForm(state, repository, name)),
    state: pull.closedAt === null ? ("open" as const) : ("closed" as const),
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: pull.comments.length,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: isoOrNull(pull.closedAt),
    author_association: "CONTRIBUTOR" as const,
    active_lock_reason: null,
    draft: pull.draft,
    pull_request: { url: pullUrl, html_url, diff_url, patch_url, merged_at: null },
    body: null,
    reactions: noReactions(`${url}/reactions`),
    performed_via_github_app: null,
  };
}

function sideForm(state: State, repository: Repository, { ref, sha }: { readonly ref: string; readonly sha: string }) {
  return {
    label: `${ownerOf(repository)}:${ref}`,
    ref,
    sha,
    user: userForm(state, ownerOf(repository)),
    repo: repository.removed ? null : repositoryForm(state, repository),
  };
}

function links(state: State, repository: Repository, pull: Pull) {
  const api = apiUrl(state, `/repos/${repository.fullName}`);
  const url = `${api}/pulls/${pull.number}`;
  const page = `${state.origin()}/${repository.fullName}/pull/${pull.number}`;
  const all = {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: `${api}/issues/${pull.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${pull.number}/comments`,
    statuses_url: `${api}/statuses/${pull.headSha}`,
  };
  return {
    ...all,
    _links: {
      self: { href: all.url },
      html: { href: all.html_url },
      issue: { href: all.issue_url },
      comments: { href: all.comments_url },
      review_comments: { href: all.review_comments_url },
      review_comment: { href: all.review_comment_url },
      commits: { href: all.commits_url },
      statuses: { href: all.statuses_url },
    },
  };
}
