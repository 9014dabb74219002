/** Stacks that the tests of the translations share: plain specs, each with what makes it worth having. */
import type { ComposeProject, ComposeService } from "../../../../core/shadow/compose/project.ts";
import type { ComposeWorkload, StackLimits, StackSpec } from "../../../../core/shadow/stack/spec.ts";

export const SHA = "0123456789abcdef0123456789abcdef01234567";
export const OTHER_SHA = "89abcdef0123456789abcdef0123456789abcdef";
const MIB = 1024 * 1024;

export const LIMITS: StackLimits = {
  cpus: 4,
  memoryBytes: 4096 * MIB,
  services: 20,
  storageBytes: 8192 * MIB,
  defaultCpus: 0.5,
  defaultMemoryBytes: 256 * MIB,
  podSecurity: "restricted",
};

/** A service that says nothing but its name. */
export function service(name: string, says: Partial<ComposeService> = {}): ComposeService {
  return {
    name,
    line: 2,
    image: `registry.example.com/acme/${name}:1`,
    built: false,
    entrypoint: null,
    command: null,
    environment: {},
    ports: [],
    expose: [],
    healthcheck: null,
    dependsOn: [],
    mounts: [],
    resources: { cpus: null, memoryBytes: null, reservedCpus: null, reservedMemoryBytes: null, pids: null },
    user: "1000",
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
    ...says,
  };
}

export function tcp(port: number): ComposeService["ports"][number] {
  return { port, protocol: "tcp" };
}

export function project(services: readonly ComposeService[], says: Partial<ComposeProject> = {}): ComposeProject {
  const volumes = services.flatMap(({ mounts }) =>
    mounts.flatMap((mount) => (mount.kind === "volume" ? [mount.volume] : [])),
  );
  return { services, volumes: [...new Set(volumes)], files: [], answers: null, notes: [], ...says };
}

export function workload(services: readonly ComposeService[], says: Partial<ComposeWorkload> = {}): ComposeWorkload {
  return {
    kind: "compose",
    project: project(services),
    images: Object.fromEntries(
      services.map(({ name, image }) => [name, image ?? `registry.example.com/acme/${name}:${SHA}`]),
    ),
    entry: { service: services[0]?.name ?? "", port: 8080 },
    env: {},
    envServices: [],
    egress: [],
    seed: null,
    ...says,
  };
}

export function spec(services: readonly ComposeService[], says: Partial<ComposeWorkload> = {}): StackSpec {
  return {
    identity: { repoId: 4711, pr: 12, role: "shadow", sha: SHA },
    repository: "acme/shop",
    expiresAt: Date.UTC(2030, 0, 2, 3, 4, 5),
    attempt: "",
    limits: LIMITS,
    workload: workload(services, says),
  };
}

const CHECK = { intervalMs: 30_000, timeoutMs: 5_000, retries: 3, startPeriodMs: 10_000, startIntervalMs: null };

const WEB = service("web", {
  image: null,
  built: true,
  ports: [tcp(8080)],
  environment: { DATABASE_URL: "postgres://app@db:5432/app", GREETING: "costs $$5 or $(HOME)" },
  dependsOn: [{ service: "db", condition: "healthy", required: true }],
});

const DB = service("db", {
  image: "postgres:17-alpine",
  user: null,
  environment: { POSTGRES_DB: "app" },
  healthcheck: { ...CHECK, test: { kind: "shell", command: 'pg_isready -U "$$USER"' } },
  mounts: [{ kind: "volume", volume: "data", subpath: null, target: "/var/lib/postgresql/data", readOnly: false }],
});

/** By the name of its golden files. */
export const SPECS: Readonly<Record<string, StackSpec>> = {
  "one-service": spec([service("web", { ports: [tcp(8080)] })]),
  "web-and-database": spec([WEB, DB], {
    seed: 'npm run db:seed && echo "$(date)"',
    env: { SESSION_KEY: "of the tests" },
    envServices: ["web"],
    egress: ["db.staging.example.com:5432", "192.0.2.7:443"],
  }),
  "job-before-server": spec([
    service("api", {
      ports: [tcp(8080)],
      dependsOn: [
        { service: "migrate", condition: "completed", required: true },
        { service: "cache", condition: "started", required: true },
        { service: "mailer", condition: "healthy", required: false },
      ],
    }),
    service("migrate", { restart: "on-failure", command: ["./migrate", "up"] }),
    service("cache", { image: "redis:8", user: null, expose: [tcp(6379)] }),
    service("mailer", { healthcheck: { ...CHECK, test: { kind: "exec", command: ["mail", "--check", "$(X)"] } } }),
    service("announce", { restart: "no" }),
  ]),
  "odd-names": spec(
    [
      service("My_Web", { ports: [tcp(8080)], aliases: ["front.local", "shop-front"] }),
      service("3scale", { ports: [tcp(9000), { port: 9000, protocol: "udp" }], aliases: ["gateway"] }),
      service("a-service-whose-name-is-so-long-that-no-label-of-the-dns-can-hold-all-of-it", { expose: [tcp(80)] }),
      service("quiet", { aliases: ["whisper"], extraHosts: [{ name: "old.example.com", address: "192.0.2.9" }] }),
    ],
    { entry: { service: "My_Web", port: 8080 } },
  ),
  "files-and-volumes": {
    ...spec(
      [
        service("web", {
          ports: [tcp(80)],
          mounts: [
            {
              kind: "files",
              target: "/etc/web",
              readOnly: true,
              files: [
                { path: "web.conf", content: "a\n" },
                { path: "sites/one.conf", content: "b\n" },
              ],
            },
            { kind: "files", target: "/start.sh", readOnly: false, files: [{ path: "", content: "#!/bin/sh\n" }] },
            { kind: "project-file", target: "/run/secrets/token", file: "token", mode: 0o400, readOnly: true },
            { kind: "project-file", target: "/settings.json", file: "settings", mode: null, readOnly: true },
            { kind: "tmpfs", target: "/tmp", sizeBytes: 16 * MIB, readOnly: false },
            { kind: "anonymous", target: "/var/cache/", readOnly: false },
            { kind: "volume", volume: "media", subpath: "pictures", target: "/media", readOnly: true },
          ],
          shmBytes: 64 * MIB,
          readOnly: true,
          tty: true,
          workingDir: "/srv",
          user: "1000:2000",
          groups: ["3000", "docker"],
          hostname: "front",
          stopGraceMs: 90_000,
          stopSignal: "SIGINT",
          entrypoint: ["/start.sh"],
          command: ["--all"],
          resources: { cpus: 8, memoryBytes: 512 * MIB, reservedCpus: 0.25, reservedMemoryBytes: 128 * MIB, pids: 50 },
        }),
        service("assets", {
          image: null,
          built: true,
          mounts: [{ kind: "anonymous", target: "/app/node_modules", readOnly: false }],
        }),
      ],
      { entry: { service: "web", port: 80 } },
    ),
    attempt: "123",
  },
  "shared-volume": spec([
    service("web", {
      ports: [tcp(8080)],
      replicas: 2,
      mounts: [{ kind: "volume", volume: "uploads", subpath: null, target: "/uploads", readOnly: false }],
    }),
    service("resize", {
      mounts: [{ kind: "volume", volume: "uploads", subpath: null, target: "/in", readOnly: true }],
    }),
  ]),
  "as-root": {
    ...spec([service("web", { user: null, ports: [tcp(8080)] }), service("worker", { user: "0" })]),
    identity: { repoId: 4711, pr: null, role: "base", sha: SHA },
    limits: { ...LIMITS, podSecurity: "baseline" },
  },
};

/** With what several services of these share. */
export function withFiles(one: StackSpec): StackSpec {
  if (one.workload.kind !== "compose") return one;
  const files = [
    { name: "token", kind: "secret", content: "of the tests, ü€😀" },
    { name: "settings", kind: "config", content: "{}" },
  ] as const;
  return { ...one, workload: { ...one.workload, project: { ...one.workload.project, files } } };
}
