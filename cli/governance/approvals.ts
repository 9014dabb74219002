/** Who approved: trailers of the commits, or the reviews of the pull request on GitHub. What could not be asked is said, never taken as none. */
import { z } from "zod";
import type { Commit } from "../../core/governance/change.ts";
import { type Environment, readEvent } from "../ci/event.ts";
import { messageOf } from "../error-text.ts";

interface Unknown {
  readonly unknown: string;
}

/** Names as CODEOWNERS writes them: `@user`, an address, and a trailer's whole text. Nobody approves a commit of their own. */
export function approvalsOfCommits(commits: readonly Commit[]): readonly string[] {
  return commits.flatMap(({ message, author }) => {
    const trailers = [...message.matchAll(/^(?:Approved|Reviewed|Acked)-by:[ \t]*(\S.*)$/gim)];
    return trailers.flatMap(([, who = ""]) => {
      const address = /<([^>]+@[^>]+)>/.exec(who)?.[1] ?? (who.includes("@") ? who.trim() : null);
      if (address !== null && author.toLowerCase().includes(`<${address.toLowerCase()}>`)) return [];
      const handles = who.match(/(?:^|\s|\()(@[\w./-]+)/g) ?? [];
      return [
        who.trim(),
        ...(address === null ? [] : [address]),
        ...handles.map((each) => each.trim().replace(/^\(/, "")),
      ];
    });
  });
}

const Review = z.object({
  state: z.string(),
  user: z.object({ login: z.string() }).nullable(),
});
/** Who was only invited is no member. */
const Membership = z.object({ state: z.literal("active") });

/** Milliseconds that GitHub has for one answer. */
const TIMEOUT_MS = 15_000;
/** GitHub's own maximum. */
const PAGE_SIZE = 100;
const MAX_PAGES = 30;

/** The latest word of each reviewer of the pull request of this CI job, with the teams of `owners` that they are in. */
export async function approvalsOnGitHub(
  owners: readonly string[],
  env: Environment,
): Promise<readonly string[] | Unknown> {
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository } = env;
  const pull = pullOf(env);
  if (token === undefined || token === "") return { unknown: "GITHUB_TOKEN is not set" };
  if (repository === undefined) return { unknown: "GITHUB_REPOSITORY is not set" };
  if (pull === null) return { unknown: "this is no run for a pull request" };
  const ask = asking(env.GITHUB_API_URL ?? "https://api.github.com", token);
  try {
    const logins = approvers(await reviewsOf(ask, `/repos/${repository}/pulls/${pull}/reviews`));
    const teams = owners.filter((owner) => /^@[^/]+\/.+/.test(owner));
    const confirmed = logins.length === 0 ? [] : await teamsOf(ask, teams, logins);
    return "unknown" in confirmed ? confirmed : [...logins.map((login) => `@${login}`), ...confirmed];
  } catch (error) {
    return { unknown: messageOf(error) };
  }
}

function pullOf(env: Environment): number | null {
  const byRef = /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? "")?.[1];
  if (byRef !== undefined) return Number(byRef);
  const event = readEvent(env);
  return "missing" in event ? null : event.pull;
}

type Ask = (path: string) => Promise<{ readonly status: number; readonly body: unknown }>;

function asking(api: string, token: string): Ask {
  return async (path) => {
    const answer = await fetch(`${api.replace(/\/$/, "")}${path}`, {
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "x-github-api-version": "2022-11-28",
        "user-agent": "shadow-infra",
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      // A token goes to the host that it is for.
      redirect: "error",
    });
    return { status: answer.status, body: answer.ok ? await answer.json() : null };
  };
}

async function reviewsOf(ask: Ask, path: string): Promise<readonly z.infer<typeof Review>[]> {
  const all: z.infer<typeof Review>[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    // One after the other: whether there is a next page is known only then.
    const { status, body } = await ask(`${path}?per_page=${PAGE_SIZE}&page=${page}`);
    if (status !== 200) throw new Error(`GitHub answered ${status} for ${path}`);
    const reviews = z.array(Review).parse(body);
    all.push(...reviews);
    if (reviews.length < PAGE_SIZE) return all;
  }
  throw new Error(`${path} has more than ${MAX_PAGES * PAGE_SIZE} reviews`);
}

/** A comment after an approval leaves it; a request for changes or a dismissal takes it back. */
function approvers(reviews: readonly z.infer<typeof Review>[]): readonly string[] {
  const states = new Map<string, string>();
  for (const { state, user } of reviews)
    if (user !== null && ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"].includes(state)) states.set(user.login, state);
  return [...states].filter(([, state]) => state === "APPROVED").map(([login]) => login);
}

/** The job's own token may not read teams: then it is not known who is in them. */
async function teamsOf(
  ask: Ask,
  teams: readonly string[],
  logins: readonly string[],
): Promise<readonly string[] | Unknown> {
  const confirmed: string[] = [];
  for (const team of teams) {
    const [org = "", slug = ""] = team.slice(1).split("/");
    const { status } = await ask(`/orgs/${org}/teams/${slug}`);
    if (status !== 200)
      return { unknown: `the members of ${team} cannot be read with this token (GitHub answered ${status})` };
    for (const login of logins) {
      const member = await ask(`/orgs/${org}/teams/${slug}/memberships/${login}`);
      if (Membership.safeParse(member.body).success) confirmed.push(team);
    }
  }
  return confirmed;
}
