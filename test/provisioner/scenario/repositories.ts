/** Two repositories as their teams would have them at GitHub: a compose file, a configuration, and an image for every commit. */
import type {
  FileChanges,
  LocalGitHub,
  LocalPull,
  LocalRepository,
  PullOptions,
} from "../../../infra/local/github/stand-in.ts";
import type { RepositorySettings } from "../../../infra/provisioner/settings/operator.ts";
import { repositorySettings } from "../../../infra/provisioner/settings/repository.ts";
import type { RegistryStandIn } from "../../standins/registry/registry.ts";
import { forgetImage, pushImage } from "./engine.ts";
import { makeAppImage } from "./images.ts";

/** Every version of the app that a commit of these tests can be. */
const VERSIONS = ["1", "2", "3", "4", "5"] as const;
export type Version = (typeof VERSIONS)[number];

const imageOf = (version: Version) => `shadow-infra-test/shop:${version}`;

export const COMPOSE = (command: string): string => `services:
  db:
    image: shadow-infra-test/shop
    command: ["node", "/app/db.mjs"]
    expose: ["5432"]
    environment: { DATA: /data }
    volumes: ["rows:/data"]
    healthcheck: { test: "test -e /tmp/accepts-connections", interval: 2s, timeout: 3s, retries: 5, start_period: 30s, start_interval: 500ms }
  web:
    build: .
    command: ["node", "/app/${command}.mjs"]
    ports: ["8080"]
    depends_on: { db: { condition: service_healthy } }
volumes: { rows: {} }
`;

export interface Team {
  readonly repository: LocalRepository;
  readonly host: string;
  /** Commits to come get this image; the registry has it before GitHub tells of the commit. */
  readonly commit: (version: Version) => Promise<string>;
  /** Opens a pull request whose head is that version. */
  readonly open: (version: Version, options?: PullOptions) => Promise<LocalPull>;
}

export interface Teams {
  readonly shop: Team;
  readonly cafe: Team;
  /** The version that a commit's image is. */
  readonly versionOf: (sha: string) => Version | undefined;
  readonly settings: ReadonlyMap<number, RepositorySettings>;
  readonly forget: () => Promise<void>;
}

/** All images the scenario needs, made side by side. */
export async function makeVersions(): Promise<void> {
  await Promise.all(VERSIONS.map(async (version) => makeAppImage(imageOf(version), version)));
}

interface Parts {
  readonly github: LocalGitHub;
  readonly registry: RegistryStandIn;
  readonly repoId: number;
}

export function startTeams({ github, registry, repoId }: Parts): Teams {
  const versions = new Map<string, Version>();
  const pushed: { readonly repository: string; readonly sha: string }[] = [];
  const settings = new Map<number, RepositorySettings>();

  function team(name: string, id: number): Team {
    const image = `${registry.host}/acme/${name}`;
    const host = `${name}.test`;
    const files = { ".shadow-infra.yml": configuration(host, image), "compose.yaml": COMPOSE("web") };
    const repository = github.repository(`acme/${name}`, { id, files });
    settings.set(id, repositorySettings({ id, fullName: `acme/${name}`, hosts: [host] }));
    const commit = async (version: Version) => {
      const sha = newSha();
      versions.set(sha, version);
      await pushImage(imageOf(version), image, sha);
      pushed.push({ repository: image, sha });
      return sha;
    };
    return {
      repository,
      host,
      commit,
      open: async (version, options = {}) =>
        repository.openPull({ files: { "version.txt": version }, ...options, sha: await commit(version) }),
    };
  }

  return {
    shop: team("shop", repoId),
    cafe: team("cafe", repoId + 1),
    versionOf: (sha) => versions.get(sha),
    settings,
    forget: async () => {
      for (const { repository, sha } of pushed) await forgetImage(repository, sha);
    },
  };
}

/** What makes the app end as soon as it starts. */
export const CRASHING: FileChanges = { "compose.yaml": COMPOSE("crash") };

export function newSha(): string {
  return Array.from({ length: 40 }, () => Math.floor(Math.random() * 16).toString(16)).join("");
}

function configuration(host: string, image: string): string {
  return `version: 1
hosts: [${host}]
control: off
sampling: { rate: 1 }
images: { web: "${image}:{sha}", db: "${image}:{sha}" }
stack: { seed: "node /app/seed.mjs first" }
`;
}
