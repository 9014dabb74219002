/** People, organisations and bots as GitHub shows them. Whoever is named exists. */
import type { components } from "@octokit/openapi-types";
import type { State } from "../state.ts";
import { apiUrl, nodeId } from "./links.ts";

type SimpleUser = components["schemas"]["simple-user"];

export function userForm(state: State, login: string) {
  const url = apiUrl(state, `/users/${encodeURIComponent(login)}`);
  const id = userId(login);
  return {
    login,
    id,
    node_id: nodeId("U", id),
    avatar_url: `${state.origin()}/avatars/u/${id}`,
    gravatar_id: "",
    url,
    html_url: `${state.origin()}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: login.endsWith("[bot]") ? ("Bot" as const) : ("User" as const),
    site_admin: false,
  } satisfies SimpleUser;
}

/** The same login always has the same id. */
export function userId(login: string): number {
  return Buffer.from(login.toLowerCase()).reduce((sum, byte) => (sum * 31 + byte) % 90_000_000, 7) + 1;
}
