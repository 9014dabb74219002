/** Where a run is made, by the variables that GitHub Actions sets (docs.github.com/actions/reference/workflows-and-actions/variables) and two flags. */
import { type ProbeOrigin, ProbeOriginSchema } from "../../core/wire/api/probes.ts";

export type Variables = Readonly<Record<string, string | undefined>>;

/** Labels of the flags; `service` has a default. */
export interface Labels {
  readonly region?: string;
  readonly service: string;
  /** The pull request's own commit, where the event says it: GITHUB_SHA is that of a trial merge nobody knows. */
  readonly head?: string;
}

/** On a pull request the branch is its own. What does not fit its form is left out. */
export function originOf(env: Variables, { region, service, head }: Labels): ProbeOrigin {
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  const server = env.GITHUB_SERVER_URL || "https://github.com";
  const pull = /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? "")?.[1];
  const asked: ProbeOrigin = {
    repository,
    branch: env.GITHUB_HEAD_REF || env.GITHUB_REF_NAME || undefined,
    commit: head ?? env.GITHUB_SHA,
    pull: pull === undefined ? undefined : Number(pull),
    region,
    service,
    run_url: repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined,
  };
  const given = Object.entries(asked).filter(([, value]) => value !== undefined && value !== "");
  const sound = given.filter(([name, value]) => ProbeOriginSchema.safeParse({ [name]: value }).success);
  return ProbeOriginSchema.parse(Object.fromEntries(sound));
}

/** Of the event that GitHub writes into a file for each run; undefined where it is no pull request's or cannot be read. */
export function headCommit(event: string): string | undefined {
  try {
    const read: unknown = JSON.parse(event);
    const sha = memberOf(memberOf(memberOf(read, "pull_request"), "head"), "sha");
    return typeof sha === "string" ? sha : undefined;
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  // `hasOwn` has just said that it is there.
  return (value as Readonly<Record<string, unknown>>)[name];
}
