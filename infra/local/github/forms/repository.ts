/** A repository as GitHub shows it: the short form inside other objects, and the full one. */
import type { components } from "@octokit/openapi-types";
import { nameOf, ownerOf, type Repository, type State } from "../state.ts";
import { apiUrl, iso, nodeId } from "./links.ts";
import { userForm } from "./user.ts";

type Schemas = components["schemas"];

export function repositoryForm(state: State, repository: Repository) {
  const createdAt = iso(repository.createdAt);
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: nameOf(repository),
    full_name: repository.fullName,
    private: repository.private,
    owner: userForm(state, ownerOf(repository)),
    html_url: `${state.origin()}/${repository.fullName}`,
    description: null,
    fork: repository.parent !== null,
    ...links(state, repository.fullName),
    created_at: createdAt,
    updated_at: createdAt,
    pushed_at: createdAt,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: false,
    has_downloads: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: 0,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? ("private" as const) : ("public" as const),
    forks: 0,
    open_issues: 0,
    watchers: 0,
    default_branch: repository.defaultBranch,
  } satisfies Schemas["repository"];
}

export function fullRepositoryForm(state: State, repository: Repository) {
  const parent = repository.parent === null ? {} : { parent: repositoryForm(state, repository.parent) };
  return {
    ...repositoryForm(state, repository),
    ...parent,
    subscribers_count: 0,
    network_count: 0,
  } satisfies Schemas["full-repository"];
}

function links(state: State, fullName: string) {
  const url = apiUrl(state, `/repos/${fullName}`);
  const page = `${state.origin()}/${fullName}`;
  return {
    url,
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_url: `${page}.git`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    ssh_url: `git@127.0.0.1:${fullName}.git`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    svn_url: page,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
    clone_url: `${page}.git`,
    hooks_url: `${url}/hooks`,
  };
}
