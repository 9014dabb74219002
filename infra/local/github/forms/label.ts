/** Labels, the events that put them on and take them off, and comments. */
import type { components } from "@octokit/openapi-types";
import { type Comment, nextId, ownerOf, type Pull, type PullEvent, type Repository, type State } from "../state.ts";
import { apiUrl, iso, nodeId } from "./links.ts";
import { userForm, userId } from "./user.ts";

type Schemas = components["schemas"];

const COLOR = "ededed";

export function labelForm(state: State, repository: Repository, name: string) {
  return {
    id: userId(`${repository.id} ${name}`),
    node_id: nodeId("LA", userId(name)),
    url: apiUrl(state, `/repos/${repository.fullName}/labels/${encodeURIComponent(name)}`),
    name,
    color: COLOR,
    default: false,
    description: "",
  } satisfies Schemas["label"];
}

export function eventForm(state: State, repository: Repository, event: PullEvent) {
  const form = {
    id: event.id,
    node_id: nodeId("LE", event.id),
    url: apiUrl(state, `/repos/${repository.fullName}/issues/events/${event.id}`),
    actor: userForm(state, event.by),
    event: event.event,
    commit_id: null,
    commit_url: null,
    created_at: iso(event.at),
    performed_via_github_app: null,
  } satisfies Schemas["state-change-issue-event"];
  return event.label === null
    ? form
    : ({ ...form, label: { name: event.label, color: COLOR } } satisfies Schemas["labeled-issue-event"]);
}

export interface CommentPlace {
  readonly repository: Repository;
  readonly pull: Pull;
}

export function commentForm(state: State, { repository, pull }: CommentPlace, comment: Comment) {
  const api = apiUrl(state, `/repos/${repository.fullName}/issues`);
  return {
    url: `${api}/comments/${comment.id}`,
    html_url: `${state.origin()}/${repository.fullName}/pull/${pull.number}#issuecomment-${comment.id}`,
    issue_url: `${api}/${pull.number}`,
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    user: userForm(state, comment.by),
    created_at: iso(comment.at),
    updated_at: iso(comment.updatedAt),
    author_association: comment.by === ownerOf(repository) ? ("OWNER" as const) : ("CONTRIBUTOR" as const),
    body: comment.body,
    reactions: reactionsOf(comment, `${api}/comments/${comment.id}/reactions`),
    performed_via_github_app: null,
  } satisfies Schemas["issue-comment"];
}

/** A new comment on a pull request, which moves the pull request's time of change. */
export function addComment(state: State, pull: Pull, { by, body }: Pick<Comment, "by" | "body">): Comment {
  const at = state.now();
  const comment: Comment = { id: nextId(state), by, at, body, updatedAt: at, reactions: new Map() };
  pull.comments.push(comment);
  pull.updatedAt = at;
  return comment;
}

function reactionsOf({ reactions }: Comment, url: string) {
  const form = { ...noReactions(url), total_count: reactions.size };
  for (const { content } of reactions.values()) form[content] += 1;
  return form;
}

export function noReactions(url: string) {
  return {
    url,
    total_count: 0,
    "+1": 0,
    "-1": 0,
    laugh: 0,
    hooray: 0,
    confused: 0,
    heart: 0,
    rocket: 0,
    eyes: 0,
  } satisfies Schemas["reaction-rollup"];
}
