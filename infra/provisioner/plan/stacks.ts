/** The spec of a stack that runs one commit: compose file, entry, environment and images as that commit's configuration says them. */

import { durationMs } from "../../../core/config/duration.ts";
import type { ProjectConfig } from "../../../core/config/schema.ts";
import type { ComposeNote } from "../../../core/shadow/compose/note.ts";
import type { ComposeProject } from "../../../core/shadow/compose/project.ts";
import type { StackIdentity } from "../../../core/shadow/stack/identity.ts";
import type { ComposeWorkload, StackSpec, Workload } from "../../../core/shadow/stack/spec.ts";
import type { DriverName } from "../drivers/driver.ts";
import type { CommitAt } from "../github/github.ts";
import type { AwaitImage } from "../images/await.ts";
import { isInPlace } from "../images/reference.ts";
import type { OperatorSettings, RepositorySettings } from "../settings/operator.ts";
import { type ComposeParts, composeAt } from "./compose.ts";
import { entryOf } from "./entry.ts";
import type { FilesAt } from "./files.ts";
import { imagesOf } from "./images.ts";
import { withoutSecrets, withSecrets } from "./secrets.ts";
import { found, type Step } from "./step.ts";

export interface StackParts {
  readonly settings: Pick<OperatorSettings, "registries" | "limits">;
  readonly compose: ComposeParts;
  readonly files: FilesAt;
  readonly awaitImage: AwaitImage;
  readonly running: Running;
}

/** Images by service that a stack of this commit runs already; empty where there is none, or where its driver is away. */
export type Running = (driver: DriverName, identity: StackIdentity) => Promise<Readonly<Record<string, string>>>;

/** One commit to run. */
export interface StackQuestion {
  readonly driver: DriverName;
  readonly identity: StackIdentity;
  /** Where it is read from: a fork's head lies in the fork. */
  readonly commit: CommitAt;
  /** Stack keys and environment, trusted already. */
  readonly config: Pick<ProjectConfig, "stack" | "service" | "compose" | "images">;
  readonly allowed: RepositorySettings;
  readonly repository: string;
  readonly expiresAt: number;
  readonly attempt: string;
  /** Milliseconds since this commit is wanted. */
  readonly waitedMs: number;
}

export interface StackMade {
  readonly spec: StackSpec;
  readonly notes: readonly ComposeNote[];
}

export async function composeStack(parts: StackParts, question: StackQuestion): Promise<Step<StackMade>> {
  const { config, commit, allowed } = question;
  const env = withSecrets("stack.env", config.stack.env, allowed);
  if (!env.ok) return env;
  const read = parts.files(commit);
  const project = await composeAt(parts.compose, {
    path: config.compose,
    variables: withoutSecrets(config.stack.env),
    read,
  });
  if (!project.ok) return project;
  const workload = await workloadOf(parts, question, { project: project.value, env: env.value });
  if (!workload.ok) return { ...workload, notes: [...project.value.notes, ...workload.notes] };
  return found({ spec: specOf(parts, question, workload.value), notes: project.value.notes });
}

interface Read {
  readonly project: ComposeProject;
  readonly env: Readonly<Record<string, string>>;
}

async function workloadOf(
  { settings, awaitImage, running }: StackParts,
  { driver, config, commit, allowed, identity, waitedMs }: StackQuestion,
  { project, env }: Read,
): Promise<Step<ComposeWorkload>> {
  const entry = entryOf(project, config.service);
  if (!entry.ok) return entry;
  const { services } = project;
  let asked: ReturnType<Running> | null = null;
  const images = await imagesOf(awaitImage, {
    services,
    templates: config.images,
    commit,
    pr: identity.pr,
    registries: registriesFor(settings, allowed),
    check: allowed.imageCheck,
    waitedMs,
    running: async () => (asked ??= running(driver, identity)),
  });
  if (!images.ok) return images;
  const own = services.filter(({ built, name }) => built || name === entry.value.service).map(({ name }) => name);
  return found({
    kind: "compose",
    project,
    images: images.value,
    entry: entry.value,
    env,
    envServices: own,
    egress: config.stack.egress,
    seed: config.stack.seed ?? null,
  });
}

/** Both lists count: what one repository's images are is no business of the others, who pull with the same credentials. */
function registriesFor(
  { registries }: Pick<OperatorSettings, "registries">,
  { registries: own }: RepositorySettings,
): readonly string[] {
  if (own == null) return registries;
  return [
    ...own.filter((place) => registries.some((whole) => isInPlace(place, whole))),
    ...registries.filter((place) => own.some((whole) => place !== whole && isInPlace(place, whole))),
  ];
}

export function specOf(
  { settings }: Pick<StackParts, "settings">,
  {
    identity,
    repository,
    expiresAt,
    attempt,
  }: Pick<StackQuestion, "identity" | "repository" | "expiresAt" | "attempt">,
  workload: Workload,
): StackSpec {
  return { identity, repository, expiresAt, attempt, limits: settings.limits, workload };
}

const DAY_MS = 86_400_000;

/** Of a stack that several pull requests share: the same for all that ask on one day, so that they do not change it in turns. */
export function sharedExpiry(now: number, ttl: string): number {
  return Math.ceil((now + ttlMs(ttl)) / DAY_MS) * DAY_MS;
}

/** The form has been checked where the file was read. */
export function ttlMs(ttl: string): number {
  return durationMs(ttl) ?? 7 * DAY_MS;
}
