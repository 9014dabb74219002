/** Specs of small stacks for tests of the driver: a shop with a database, at commits that differ in one digit. */
import type { ComposeService, Dependency } from "../../../core/shadow/compose/project.ts";
import type { StackIdentity } from "../../../core/shadow/stack/identity.ts";
import type { ComposeWorkload, StackSpec } from "../../../core/shadow/stack/spec.ts";
import { service as plainService } from "../../core/shadow/stack/specs.ts";

/** `sha("a")`: 40 digits. */
export function sha(digit: string): string {
  return digit.repeat(40);
}

const IDENTITY: StackIdentity = { repoId: 4711, pr: 12, role: "shadow", sha: sha("a") };

const MEBIBYTE = 1_048_576;

/** Without an image, which the spec names by service; it answers on 8080 and ends at once. */
export function service(name: string, parts: Partial<ComposeService> = {}): ComposeService {
  return plainService(name, {
    line: 1,
    image: null,
    ports: [{ port: 8080, protocol: "tcp" }],
    stopGraceMs: 1_000,
    ...parts,
  });
}

export function dependsOn(name: string, condition: Dependency["condition"] = "healthy", required = true): Dependency {
  return { service: name, condition, required };
}

/** `web`, which answers, after `db` is healthy. */
export const SHOP: readonly ComposeService[] = [
  service("db", { ports: [{ port: 5432, protocol: "tcp" }] }),
  service("web", { dependsOn: [dependsOn("db")] }),
];

export interface SpecParts {
  readonly identity?: Partial<StackIdentity>;
  readonly services?: readonly ComposeService[];
  readonly image?: string;
  readonly workload?: Partial<ComposeWorkload>;
  readonly attempt?: string;
  readonly expiresAt?: number;
  readonly podSecurity?: "restricted" | "baseline";
}

export function spec({
  identity,
  services = SHOP,
  image = "shop:1",
  workload,
  attempt = "",
  expiresAt,
  podSecurity,
}: SpecParts = {}): StackSpec {
  const entry = services.find(({ name }) => name === "web") ?? services[0];
  return {
    identity: { ...IDENTITY, ...identity },
    repository: "acme/shop",
    expiresAt: expiresAt ?? Date.UTC(2026, 0, 8),
    attempt,
    limits: {
      cpus: 2,
      memoryBytes: 1_024 * MEBIBYTE,
      services: 20,
      storageBytes: 1_024 * MEBIBYTE,
      defaultCpus: 0.2,
      defaultMemoryBytes: 128 * MEBIBYTE,
      podSecurity: podSecurity ?? "restricted",
    },
    workload: {
      kind: "compose",
      project: { services, volumes: [], files: [], answers: null, notes: [] },
      images: Object.fromEntries(services.map(({ name, image: own }) => [name, own ?? image])),
      entry: { service: entry?.name ?? "web", port: entry?.ports[0]?.port ?? 8080 },
      env: {},
      envServices: [],
      egress: [],
      seed: null,
      ...workload,
    },
  };
}
