/** Routes an App and its installations call about themselves. */
import type { components } from "@octokit/openapi-types";
import { APP_ID, newToken } from "../access.ts";
import { created, failed, notFound, ok, page } from "../answer.ts";
import { apiUrl, iso } from "../forms/links.ts";
import { fullRepositoryForm, repositoryForm } from "../forms/repository.ts";
import { userForm } from "../forms/user.ts";
import { type ApiCall, type Route, repositoryRoute } from "../route.ts";
import { installationOf, ownerOf, type Repository, type State } from "../state.ts";

type Schemas = components["schemas"];

export const APP_ROUTES: readonly Route[] = [
  {
    name: "GET /app/installations",
    of: "app",
    answer: (call) =>
      page(
        call.listing,
        accounts(call.state).map((account) => installationForm(call.state, account)),
      ),
  },
  { name: "POST /app/installations/{installation_id}/access_tokens", of: "app", answer: makeToken },
  {
    name: "GET /installation/repositories",
    of: "installation",
    answer: (call) => {
      const visible = call.caller.kind === "installation" ? installedOf(call.state, call.caller.id) : [];
      return page(call.listing, visible, (items) => ({
        total_count: visible.length,
        repository_selection: "selected",
        repositories: items.map((repository) => repositoryForm(call.state, repository)),
      }));
    },
  },
  repositoryRoute("GET /", ["metadata:read"], (call) => ok(fullRepositoryForm(call.state, call.repository))),
];

function makeToken(call: ApiCall) {
  const { state } = call;
  const id = Number(call.params["installation_id"]);
  if (installedOf(state, id).length === 0) return notFound();
  if (Object.keys(call.body).some((key) => !["repositories", "repository_ids", "permissions"].includes(key)))
    return failed(422, "Invalid request.");
  const token = newToken("installation");
  const expiresAt = state.now() + state.tokenLifeMs;
  state.tokens.set(token, { installation: id, expiresAt });
  return created({
    token,
    expires_at: iso(expiresAt),
    permissions: permissionsOf(state),
    repository_selection: "selected",
  } satisfies Schemas["installation-token"]);
}

export function installationForm(state: State, account: string) {
  const id = installationOf(state, account);
  const at = iso(state.now());
  return {
    id,
    account: userForm(state, account),
    repository_selection: "selected",
    access_tokens_url: apiUrl(state, `/app/installations/${id}/access_tokens`),
    repositories_url: apiUrl(state, "/installation/repositories"),
    html_url: `${state.origin()}/settings/installations/${id}`,
    app_id: APP_ID,
    app_slug: "shadow-infra",
    target_id: userForm(state, account).id,
    target_type: "User",
    permissions: permissionsOf(state),
    events: ["deployment_status", "issue_comment", "pull_request", "push"],
    created_at: at,
    updated_at: at,
    single_file_name: null,
    suspended_by: null,
    suspended_at: null,
  } satisfies Schemas["installation"];
}

/** Accounts the App is installed on. */
function accounts(state: State): readonly string[] {
  return [...new Set([...state.repositories.values()].filter(isInstalled).map(ownerOf))];
}

function installedOf(state: State, installation: number): readonly Repository[] {
  return [...state.repositories.values()].filter(
    (repository) => isInstalled(repository) && installationOf(state, ownerOf(repository)) === installation,
  );
}

function isInstalled(repository: Repository): boolean {
  return repository.installed && !repository.removed;
}

/** All that were given; the compiler needs to know only the one that always is. */
function permissionsOf(state: State): Pick<Schemas["app-permissions"], "metadata"> {
  return { ...state.permissions, metadata: "read" };
}
