/** A repository's commits and its pull request in memory, and a planner over them: what the tests of planning are about. */
import { readCompose } from "../../../core/shadow/compose/read.ts";
import type { RepositoryFile } from "../../../core/shadow/compose/source.ts";
import type { PullFacts } from "../../../core/shadow/pull/facts.ts";
import type { ImageReference } from "../../../infra/provisioner/images/reference.ts";
import type { ImageStanding } from "../../../infra/provisioner/images/registry.ts";
import { readComposeSchema } from "../../../infra/provisioner/plan/compose-schema.ts";
import { createPlanner, type PlannerParts } from "../../../infra/provisioner/plan/create.ts";
import type { Planned, PlanQuestion } from "../../../infra/provisioner/plan/plan.ts";
import type { RepositorySettings } from "../../../infra/provisioner/settings/operator.ts";
import { repositorySettings } from "../../../infra/provisioner/settings/repository.ts";

export const HEAD = "1111111111111111111111111111111111111111";
export const TIP = "2222222222222222222222222222222222222222";
export const MERGE_BASE = "3333333333333333333333333333333333333333";
export const DEFAULT = "4444444444444444444444444444444444444444";
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
  /** Of the default branch, where the pull request is made to another. */
  readonly byDefault?: Texts;
  readonly allowed?: Partial<RepositorySettings> | null;
  readonly settings?: Partial<PlannerParts["settings"]>;
  readonly pull?: Partial<PullFacts>;
  readonly question?: Partial<Omit<PlanQuestion, "pull">>;
  readonly images?: (image: ImageReference) => ImageStanding;
  readonly previewUrl?: string | null;
  /** Instead of these commits: the real client in front of a stand-in. */
  readonly github?: PlannerParts["github"];
}

const COMPOSE_SCHEMA = readComposeSchema();

const DEFAULTS: Texts = { ".shadow-infra.yml": CONFIG, "compose.yaml": COMPOSE };

export const REPOSITORY = repositorySettings({
  id: 7,
  fullName: "acme/web",
  hosts: ["shop.example.com"],
  secrets: { SHADOW_DB: "postgres://shadow", TEST_TOKEN: "Bearer test" },
});

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
  const { allowed = {}, images = () => ({ kind: "there", digest: DIGEST }), previewUrl = null, github = null } = world;
  const own = allowed === null ? [] : [[7, { ...REPOSITORY, ...allowed }] as const];
  const commits: Readonly<Record<string, Texts | undefined>> = {
    [HEAD]: world.head,
    [TIP]: world.tip,
    [MERGE_BASE]: world.mergeBase,
    [DEFAULT]: world.byDefault,
  };
  return {
    settings: { ...SETTINGS, repositories: new Map(own), ...world.settings },
    registry: { standing: async (image) => images(image) },
    github: github ?? {
      file: async ({ fullName, sha }, path): Promise<RepositoryFile> => {
        reads.push(`${fullName}@${sha.slice(0, 7)}:${path}`);
        const text = { ...DEFAULTS, ...world.everywhere, ...commits[sha] }[path];
        return text === undefined || text === null ? null : { kind: "file", text };
      },
      mergeBase: async () => MERGE_BASE,
      previewUrl: async () => previewUrl,
      checkConclusion: async () => null,
    },
    readCompose,
    composeSchema: COMPOSE_SCHEMA,
  };
}
