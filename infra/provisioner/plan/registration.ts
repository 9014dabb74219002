/** What a deployment is registered with: the trusted configuration in the report's form, within what the operator allows. */
import { compareSettingsOf, type OpenApiParts } from "../../../core/config/compare-settings.ts";
import { registrationOf } from "../../../core/config/registration.ts";
import { effectiveSampling } from "../../../core/config/sampling.ts";
import type { ProjectConfig } from "../../../core/config/schema.ts";
import type { PullFacts } from "../../../core/shadow/pull/facts.ts";
import { DeploymentPutSchema } from "../../../core/wire/api/deployments.ts";
import type { RepositorySettings } from "../settings/operator.ts";
import type { PullPlan } from "./plan.ts";

export type Registration = PullPlan["registration"];

export interface RegistrationParts {
  readonly openapi: OpenApiParts | null;
  readonly credentials: Readonly<Record<string, string>>;
  readonly controlShare: number;
}

/** So much that the report shows the pull request, whatever is wrong with its files. */
export function bareRegistration({ repository, number, title, url, head }: PullFacts): Registration {
  return {
    repository: { id: repository.id, fullName: repository.fullName },
    pull: { number, title, url: URL.canParse(url) ? url : null, branch: head.ref },
    headSha: head.sha,
    hosts: [],
  };
}

export function registrationFor(
  pull: PullFacts,
  { config, allowed }: { readonly config: ProjectConfig; readonly allowed: RepositorySettings },
  { openapi, credentials, controlShare }: RegistrationParts,
): Registration {
  const { rate, maxRps } = effectiveSampling(config);
  return {
    ...bareRegistration(pull),
    ...registrationOf(config, compareSettingsOf(config, openapi)),
    hosts: hostsOf(config, allowed),
    rate,
    maxRps: Math.min(maxRps, allowed.maxRps ?? Number.POSITIVE_INFINITY),
    controlShare,
    credentials,
  };
}

/** A repository's word counts only for hosts that the operator lists for its id: nobody claims another's traffic. */
export function hostsOf({ hosts }: ProjectConfig, allowed: RepositorySettings): string[] {
  return hosts.filter((host) => allowed.hosts.includes(host));
}

/** Why the report would not take it; null: it would. */
export function registrationProblem(registration: Registration): string | null {
  const parsed = DeploymentPutSchema.safeParse({ ...registration, shadowOrigin: null });
  const [issue] = parsed.error?.issues ?? [];
  return issue === undefined ? null : `${issue.path.join(".")}: ${issue.message}`;
}
