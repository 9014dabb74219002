/** Routes about pull requests, their comments, labels and the people around them. */
import type { components } from "@octokit/openapi-types";
import { type Answer, created, invalid, notFound, ok, page } from "../answer.ts";
import { addComment, commentForm, eventForm } from "../forms/label.ts";
import { nodeId } from "../forms/links.ts";
import { pullForm, pullSimpleForm } from "../forms/pull.ts";
import { userForm } from "../forms/user.ts";
import { type RepositoryCall, type Route, repositoryRoute, textIn } from "../route.ts";
import type { Permission } from "../stand-in.ts";
import { type Comment, nextId, type Pull, permissionOf, REACTIONS } from "../state.ts";

type Schemas = components["schemas"];

const COMMENTS_READ = ["issues:read", "pull_requests:read"] as const;
const COMMENTS_WRITE = ["issues:write", "pull_requests:write"] as const;

export const PULL_ROUTES: readonly Route[] = [
  repositoryRoute("GET /pulls", ["pull_requests:read"], (call) => {
    const wanted = call.query.get("state") ?? "open";
    const pulls = [...call.repository.pulls.values()].filter(
      (pull) => wanted === "all" || (pull.closedAt === null) === (wanted === "open"),
    );
    return page(call.listing, pulls.toReversed(), (items) =>
      items.map((pull) => pullSimpleForm(call.state, call.repository, pull)),
    );
  }),
  repositoryRoute("GET /pulls/{pull_number}", ["pull_requests:read"], (call) => {
    const pull = pullOf(call, "pull_number");
    return pull === null ? notFound() : ok(pullForm(call.state, call.repository, pull));
  }),
  repositoryRoute("GET /issues/{issue_number}/comments", COMMENTS_READ, comments),
  repositoryRoute("POST /issues/{issue_number}/comments", COMMENTS_WRITE, postComment),
  repositoryRoute("PATCH /issues/comments/{comment_id}", COMMENTS_WRITE, patchComment),
  repositoryRoute("POST /issues/comments/{comment_id}/reactions", COMMENTS_WRITE, postReaction),
  repositoryRoute("GET /issues/{issue_number}/events", ["issues:read"], (call) => {
    const pull = pullOf(call, "issue_number");
    if (pull === null) return notFound();
    return page(call.listing, pull.events, (items) =>
      items.map((event) => eventForm(call.state, call.repository, event)),
    );
  }),
  repositoryRoute("GET /collaborators/{username}/permission", ["metadata:read"], permission),
];

function pullOf(call: RepositoryCall, param: string): Pull | null {
  return call.repository.pulls.get(Number(call.params[param])) ?? null;
}

function comments(call: RepositoryCall): Answer {
  const pull = pullOf(call, "issue_number");
  if (pull === null) return notFound();
  const since = Date.parse(call.query.get("since") ?? "") || 0;
  const place = { repository: call.repository, pull };
  return page(
    call.listing,
    pull.comments.filter((comment) => comment.updatedAt >= since),
    (items) => items.map((comment) => commentForm(call.state, place, comment)),
  );
}

function postComment(call: RepositoryCall): Answer {
  const pull = pullOf(call, "issue_number");
  if (pull === null) return notFound();
  const body = textIn(call.body, "body");
  if (body === null) return invalid("IssueComment", "body", "body is missing");
  const comment = addComment(call.state, pull, { by: "shadow-infra[bot]", body });
  return created(commentForm(call.state, { repository: call.repository, pull }, comment));
}

function commentOf({ params, repository }: RepositoryCall): { readonly pull: Pull; readonly comment: Comment } | null {
  const id = Number(params["comment_id"]);
  for (const pull of repository.pulls.values())
    for (const comment of pull.comments) if (comment.id === id) return { pull, comment };
  return null;
}

/** The same by the same again is answered with the one that is there. */
function postReaction(call: RepositoryCall): Answer {
  const found = commentOf(call);
  if (found === null) return notFound();
  const { state } = call;
  const { reactions } = found.comment;
  const content = REACTIONS.find((one) => one === call.body["content"]);
  if (content === undefined) return invalid("Reaction", "content", "content is not a reaction");
  const by = "shadow-infra[bot]";
  const known = [...reactions].find(([, one]) => one.by === by && one.content === content);
  const id = known?.[0] ?? nextId(state);
  reactions.set(id, { by, content });
  const at = new Date(state.now()).toISOString();
  const form = { id, node_id: nodeId("REA", id), user: userForm(state, by), content, created_at: at };
  return known === undefined ? created(form satisfies Schemas["reaction"]) : ok(form);
}

function patchComment(call: RepositoryCall): Answer {
  const found = commentOf(call);
  if (found === null) return notFound();
  const { pull, comment } = found;
  comment.body = textIn(call.body, "body") ?? comment.body;
  comment.updatedAt = call.state.now();
  return ok(commentForm(call.state, { repository: call.repository, pull }, comment));
}

/** `permission` knows four levels only: who may maintain writes, who may triage reads. `role_name` has the true one. */
const LEVELS: Readonly<Record<Permission, string>> = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
  none: "none",
};

function permission(call: RepositoryCall): Answer {
  const login = call.params["username"] ?? "";
  const role = permissionOf(call.repository, login);
  const level = LEVELS[role];
  const canPush = level === "admin" || level === "write";
  return ok({
    permission: level,
    role_name: role,
    user: {
      ...userForm(call.state, login),
      role_name: role,
      permissions: {
        admin: role === "admin",
        maintain: role === "admin" || role === "maintain",
        push: canPush,
        triage: canPush || role === "triage",
        pull: role !== "none",
      },
    },
  } satisfies Schemas["repository-collaborator-permission"]);
}
