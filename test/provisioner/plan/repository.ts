/** A repository's commits and its pull request in memory, and a planner over them: what the tests of planning are about. */
import { parse } from "yaml";
import type { ComposeProject, ComposeService } from "../../../core/shadow/compose/project.ts";
import type { ComposeSource, ReadCompose, RepositoryFile } from "../../../core/shadow/compose/source.ts";
import type { PullFacts } from "../../../core/shadow/pull/facts.ts";
import type { ImageReference } from "../../../infra/provisioner/images/reference.ts";
import type { ImageStanding } from "../../../infra/provisioner/images/registry.ts";
import { createPlanner, type PlannerParts } from "../../../infra/provisioner/plan/create.ts";
import type { Planned, PlanQuestion } from "../../../infra/provisioner/plan/plan.ts";
import type { RepositorySettings } from "../../../infra/provisioner/settings/operator.ts";

export const HEAD = "1111111111111111111111111111111111111111";
export const TIP = "2222222222222222222222222222222222222222";
export const MERGE_BASE = "3333333333333333333333333333333333333333";
export const DIGEST = `sha256:${"ab".repeat(32)}`;

export const CONFIG = `version: 1
hosts: [shop.example.com]
images: { web: "ghcr.io/acme/web:{sha}" }
`;

export const COMPOSE = `services:
  db: { image: "postgres:16", expose: ["5432"] }
  web: { build: ., ports: ["8080"] }
`;

/** Texts by path; null takes away what every commit has. */
export type Texts = Readonly<Record<string, string | null>>;

export interface World {
  /** Of all three commits. */
  readonly everywhere?: Texts;
  readonly head?: Texts;
  readonly tip?: Texts;
  readonly mergeBase?: Texts;
  readonly allowed?: Partial<RepositorySettings> | null;
  readonly settings?: Partial<PlannerParts["settings"]>;
  readonly pull?: Partial<PullFacts>;
  readonly question?: Partial<Omit<PlanQuestion, "pull">>;
  readonly images?: (image: ImageReference) => ImageStanding;
  readonly previewUrl?: string | null;
}

const DEFAULTS: Texts = { ".shadow-infra.yml": CONFIG, "compose.yaml": COMPOSE };

export const REPOSITORY: RepositorySettings = {
  id: 7,
  fullName: "acme/web",
  hosts: ["shop.example.com"],
  secrets: { SHADOW_DB: "postgres://shadow", TEST_TOKEN: "Bearer test" },
  drafts: false,
  maxRps: null,
  imageCheck: null,
  previewEnvironment: null,
  process: null,
};

const SETTINGS: PlannerParts["settings"] = {
  drivers: ["kubernetes"],
  repositories: new Map(),
  registries: ["ghcr.io/acme", "docker.io/library"],
  limits: {
    cpus: 2,
    memoryBytes: 2 ** 31,
    services: 10,
    storageBytes: 2 ** 33,
    defaultCpus: 0.25,
    defaultMemoryBytes: 2 ** 28,
    podSecurity: "restricted",
  },
  imageWaitMs: 900_000,
  previewSuffixes: ["preview.acme.example"],
};

const PULL: PullFacts = {
  repository: { id: 7, fullName: "acme/web", installationId: null, defaultBranch: "main" },
  number: 12,
  title: "Sort orders by date",
  url: "https://github.example/acme/web/pull/12",
  state: "open",
  draft: false,
  author: "someone",
  head: { sha: HEAD, ref: "sort-orders", repository: { id: 7, fullName: "acme/web" } },
  base: { sha: TIP, ref: "main" },
  labels: [],
  labelled: [],
  commands: [],
  announcedAt: null,
  rewrittenAt: null,
  reopenedAt: null,
  createdAt: 0,
  updatedAt: 0,
};

export const NOW = Date.UTC(2026, 0, 10, 12);

export interface Asked {
  /** `acme/web@1111111:compose.yaml` of every file that was read, in order. */
  readonly reads: readonly string[];
  readonly planAgain: () => Promise<Planned>;
}

export async function planned(world: World = {}): Promise<Planned & Asked> {
  const reads: string[] = [];
  const planner = createPlanner(partsOf(world, reads));
  const question = { pull: { ...PULL, ...world.pull }, since: NOW, now: NOW, attempt: "", ...world.question };
  return { ...(await planner(question)), reads, planAgain: () => planner(question) };
}

function partsOf(world: World, reads: string[]): PlannerParts {
  const { allowed = {}, images = () => ({ kind: "there", digest: DIGEST }), previewUrl = null } = world;
  const own = allowed === null ? [] : [[7, { ...REPOSITORY, ...allowed }] as const];
  const commits: Readonly<Record<string, Texts | undefined>> = {
    [HEAD]: world.head,
    [TIP]: world.tip,
    [MERGE_BASE]: world.mergeBase,
  };
  return {
    settings: { ...SETTINGS, repositories: new Map(own), ...world.settings },
    registry: { standing: async (image) => images(image) },
    github: {
      file: async ({ fullName, sha }, path): Promise<RepositoryFile> => {
        reads.push(`${fullName}@${sha.slice(0, 7)}:${path}`);
        const text = { ...DEFAULTS, ...world.everywhere, ...commits[sha] }[path];
        return text === undefined || text === null ? null : { kind: "file", text };
      },
      mergeBase: async () => MERGE_BASE,
      previewUrl: async () => previewUrl,
      checkConclusion: async () => null,
    },
    readCompose: smallCompose,
    composeSchema: {},
  };
}

/** The little of compose files that planning is about: who is built, which image, which port; and that files are asked for. */
function smallCompose({ path, files }: ComposeSource): ReadCompose {
  const file = files.get(path);
  if (file === undefined) return { ok: false, reason: "files-wanted", paths: [path] };
  const document: unknown = parse(file?.kind === "file" ? file.text : "");
  const { services, wants = [] } = document as { services: Record<string, SmallService>; wants?: string[] };
  const missing = wants.filter((other) => !files.has(other));
  if (missing.length > 0) return { ok: false, reason: "files-wanted", paths: missing };
  const bad = Object.entries(services).filter(([, { privileged }]) => privileged === true);
  if (bad.length > 0)
    return {
      ok: false,
      reason: "compose-refused",
      notes: bad.map(([name]) => ({
        file: path,
        line: 2,
        column: 1,
        key: `services.${name}.privileged`,
        effect: "refused",
        code: "privileged",
        message: "It would be the machine's.",
      })),
    };
  return { ok: true, value: projectOf(services) };
}

interface SmallService {
  readonly image?: string;
  readonly build?: string;
  readonly ports?: readonly string[];
  readonly expose?: readonly string[];
  readonly privileged?: boolean;
}

export function projectOf(services: Readonly<Record<string, SmallService>>): ComposeProject {
  return { services: Object.entries(services).map(serviceOf), volumes: [], files: [], answers: null, notes: [] };
}

function serviceOf([name, { image, build, ports = [], expose = [] }]: [string, SmallService]): ComposeService {
  const numbered = (texts: readonly string[]) =>
    texts.map((text) => ({ port: Number(text), protocol: "tcp" as const }));
  return {
    name,
    line: 1,
    image: image ?? null,
    built: build !== undefined,
    entrypoint: null,
    command: null,
    environment: {},
    ports: numbered(ports),
    expose: numbered(expose),
    healthcheck: null,
    dependsOn: [],
    mounts: [],
    resources: { cpus: null, memoryBytes: null, reservedCpus: null, reservedMemoryBytes: null, pids: null },
    user: null,
    groups: [],
    workingDir: null,
    readOnly: false,
    replicas: 1,
    restart: "always",
    stopGraceMs: null,
    stopSignal: null,
    shmBytes: null,
    tty: false,
    stdin: false,
    hostname: null,
    aliases: [],
    extraHosts: [],
  };
}
