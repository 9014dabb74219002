/** A plan before anything is known of stacks: what counts of the configuration, what is registered, and what stands in the way. */
import type { TrustedConfig } from "../../../core/config/trusted.ts";
import type { ComposeNote } from "../../../core/shadow/compose/note.ts";
import type { PullFacts } from "../../../core/shadow/pull/facts.ts";
import { type DriverName, STACK_DRIVERS } from "../drivers/driver.ts";
import type { CommitAt } from "../github/github.ts";
import type { OperatorSettings, RepositorySettings } from "../settings/operator.ts";
import { repositorySettings } from "../settings/repository.ts";
import { type PullConfig, pullConfig } from "./config.ts";
import type { FilesAt } from "./files.ts";
import { openApiAt } from "./openapi.ts";
import type { PlanQuestion } from "./plan.ts";
import { bareRegistration, hostsOf, type Registration, registrationFor } from "./registration.ts";
import { withSecrets } from "./secrets.ts";
import { refused, type Stop } from "./step.ts";

export interface DraftParts {
  readonly settings: Pick<OperatorSettings, "drivers" | "repositories">;
  readonly files: FilesAt;
}

export interface Draft {
  readonly driver: DriverName;
  readonly registration: Registration;
  readonly trusted: TrustedConfig;
  readonly notes: readonly ComposeNote[];
  /** Share of the samples for which production is asked twice where there is no base. */
  readonly refetchShare: number;
  readonly allowed: RepositorySettings;
  /** Why it goes no further; null: it does. */
  readonly stop: Stop | null;
}

/** Production pays for these, so they are few: enough to learn from in the pairs that a gate wants. */
const REFETCH_SHARE = 0.1;

export async function draftOf({ settings, files }: DraftParts, { pull }: PlanQuestion): Promise<Draft> {
  const { fullName } = pull.repository;
  const base = files({ fullName, sha: pull.base.sha });
  const judge = pull.judgedBy === undefined ? null : files({ fullName, sha: pull.judgedBy.sha });
  const own = await pullConfig({ head: files(headOf(pull)), base, judge });
  const { trusted } = own;
  const { config } = trusted;
  const listed = settings.repositories.get(pull.repository.id);
  const allowed = listed ?? repositorySettings({ id: pull.repository.id, fullName: pull.repository.fullName });
  const { openapi, notes } = await openApiAt(config.openapi, judge ?? base);
  const credentials = withSecrets("credentials", config.credentials, allowed);
  const refetchShare = config.control === "off" ? 0 : REFETCH_SHARE;
  const driver = driverFor(trusted, settings.drivers);
  const obstacle =
    listed === undefined ? unlisted(pull) : obstacleOf(own, { allowed, driver, drivers: settings.drivers });
  const stop = obstacle ?? (credentials.ok ? null : credentials);
  return {
    driver,
    trusted,
    allowed,
    refetchShare,
    stop,
    notes: [...own.notes, ...notes],
    registration: credentials.ok
      ? registrationFor(
          pull,
          { config, allowed },
          { openapi, credentials: credentials.value, controlShare: refetchShare },
        )
      : bareRegistration(pull),
  };
}

/** Where its files are read; a fork that is gone leaves its commits in the repository it was made from. */
export function headOf({ head, repository }: PullFacts): CommitAt {
  return { fullName: head.repository?.fullName ?? repository.fullName, sha: head.sha };
}

/** A file that names no driver takes what the operator has. */
function driverFor({ config, sources }: TrustedConfig, drivers: readonly DriverName[]): DriverName {
  if (sources["driver"]?.from !== "default" || drivers.includes(config.driver)) return config.driver;
  return drivers[0] ?? STACK_DRIVERS[0];
}

interface Standing {
  readonly allowed: RepositorySettings;
  readonly driver: DriverName;
  readonly drivers: readonly DriverName[];
}

function obstacleOf({ trusted, notes }: PullConfig, { allowed, driver, drivers }: Standing): Stop | null {
  const [unreadable] = trusted.unreadable;
  const first = notes.find(({ effect }) => effect === "refused");
  if (unreadable !== undefined)
    return refused(
      "config-unreadable",
      `The configuration ${unreadable === "head" ? "of this pull request" : "on the base branch"} cannot be read. ${first?.file}:${first?.line}: ${first?.key === "" ? "" : `${first?.key}: `}${first?.message}`,
    );
  if (!drivers.includes(driver))
    return refused(
      "driver-not-enabled",
      `The driver "${driver}" is not switched on here. Set \`driver:\` to ${drivers.join(" or ")} on the base branch, or ask the operator of Shadow Infra for it.`,
    );
  if (hostsOf(trusted.config, allowed).length === 0) return noHost(trusted, allowed);
  return egressRefusal(trusted.config.stack.egress, allowed);
}

/** Stacks of several teams share a network with what else runs there: how far one is let out is not its repository's word alone. */
function egressRefusal(egress: readonly string[], allowed: RepositorySettings): Stop | null {
  const wrong = egress.find((address) => !isLetOut(address, allowed));
  return wrong === undefined
    ? null
    : refused(
        "egress-not-allowed",
        `stack.egress names ${wrong}, and the operator of Shadow Infra lets stacks of ${allowed.fullName} out to ${allowed.egress?.join(", ") || "nothing"}. Ask for it to be listed, or take the line out on the base branch.`,
      );
}

export function isLetOut(address: string, { egress }: Pick<RepositorySettings, "egress">): boolean {
  return egress == null || egress.some((one) => one.toLowerCase() === address.toLowerCase());
}

function noHost({ config }: TrustedConfig, allowed: RepositorySettings): Stop {
  const listed = allowed.hosts.join(", ");
  const why =
    config.hosts.length === 0
      ? "`hosts:` of .shadow-infra.yml names none on the base branch"
      : `.shadow-infra.yml names ${config.hosts.join(", ")} on the base branch, and the operator of Shadow Infra lists ${listed || "none"} for this repository`;
  const advice =
    listed === ""
      ? "Ask the operator to list the host for this repository."
      : `Merge \`hosts: [${listed}]\` first: a pull request cannot say it for itself.`;
  return refused("no-host", `There is no host whose traffic could be mirrored: ${why}. ${advice}`);
}

function unlisted({ repository }: PullFacts): Stop {
  return refused(
    "repository-unlisted",
    `The operator of Shadow Infra does not list ${repository.fullName} (id ${repository.id}). Ask for it to be added.`,
  );
}
