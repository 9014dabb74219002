/**
 * Any stack at all, for properties: whatever a reading of compose files might one day let through, and worse. Its names, paths, numbers
 * and texts come from strangers.
 */
import fc from "fast-check";
import type { ComposeService, Mount } from "../../../../core/shadow/compose/project.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import { LIMITS, project, service, spec } from "./specs.ts";

const ODD_NAMES = [
  "web",
  "db",
  "Web",
  "WEB",
  "my_db",
  "my-db",
  "my.db",
  "base",
  "base-web",
  "shadow",
  "shadow-gateway",
  "0",
  "-",
  "_",
  "é",
  "constructor",
  "__proto__",
  "a".repeat(70),
  "a".repeat(71),
  "kube-dns",
  "名前",
];
const ODD_NUMBERS = [0, -1, 0.0001, 1, 3.7, 1e9, 2 ** 53, 1e300, Number.MAX_VALUE];
const ODD_PATHS = [
  "/data",
  "/data/",
  "//data",
  "/",
  "/proc/1",
  "/dev/shm",
  "/var/run/secrets/kubernetes.io/serviceaccount",
  "data",
  "/a:b",
  "/a/../b",
  "",
  "/x y",
  `/${"d".repeat(5000)}`,
];

/** The honest kind 19 times in 20, so that most stacks get further than the first refusal. */
function mostly<T>(honest: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 19, arbitrary: honest }, { weight: 1, arbitrary: odd });
}

const name = fc.oneof(
  fc.constantFrom(...ODD_NAMES),
  fc.string({ minLength: 1, maxLength: 80 }),
  fc.stringMatching(/^[a-zA-Z0-9][\w.-]{0,70}$/),
);
const number = fc.oneof(fc.constantFrom(...ODD_NUMBERS), fc.integer({ min: 1, max: 4_000_000_000 }));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 2 });
const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom("$(HOME)", "$$(X)", "$", "$$", "postgres://db:5432/x", "redis:6379", "a:99999", "\ud800", "${X}"),
);
const words = fc.array(text, { maxLength: 3 });
const path = mostly(fc.stringMatching(/^\/[a-z]{1,8}(\/[a-z]{1,8})?\/?$/), fc.constantFrom(...ODD_PATHS));
const port = fc.record({
  port: fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.constantFrom(0, -1, 70_000, 80.5)),
  protocol: fc.constantFrom("tcp" as const, "udp" as const),
});

const mount: fc.Arbitrary<Mount> = fc.oneof(
  fc.record({
    kind: fc.constant("volume" as const),
    volume: fc.constantFrom("v", "w"),
    subpath: maybe(mostly(fc.constantFrom("x", "a/b"), fc.constantFrom("..", "../..", "/etc"))),
    target: path,
    readOnly: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("anonymous" as const), target: path, readOnly: fc.boolean() }),
  fc.record({ kind: fc.constant("tmpfs" as const), sizeBytes: maybe(number), target: path, readOnly: fc.boolean() }),
  fc.record({
    kind: fc.constant("files" as const),
    files: fc.array(
      fc.record({
        path: mostly(
          fc.stringMatching(/^[a-z]{1,6}(\/[a-z]{1,6})?$/),
          fc.oneof(fc.constantFrom("", "..", "../x", "/etc/x", "a//b"), fc.string({ maxLength: 10 })),
        ),
        content: fc.string({ maxLength: 20 }),
      }),
      { maxLength: 3 },
    ),
    target: path,
    readOnly: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("project-file" as const),
    file: mostly(fc.constantFrom("token", "settings"), fc.constant("nobody")),
    mode: maybe(fc.integer({ min: 0, max: 0o7777 })),
    target: path,
    readOnly: fc.boolean(),
  }),
);

const test: fc.Arbitrary<NonNullable<ComposeService["healthcheck"]>["test"]> = fc.oneof(
  fc.constantFrom({ kind: "none" as const }, { kind: "image" as const }),
  fc.record({ kind: fc.constant("shell" as const), command: text }),
  fc.record({ kind: fc.constant("exec" as const), command: words }),
);

/** All that a service can say but its name and what it depends on. */
const says: fc.Arbitrary<Partial<ComposeService>> = fc.record(
  {
    built: fc.boolean(),
    entrypoint: maybe(words),
    command: maybe(words),
    environment: fc.dictionary(mostly(fc.stringMatching(/^[A-Z_]{1,8}$/), fc.string({ maxLength: 8 })), text, {
      maxKeys: 3,
    }),
    ports: fc.array(port, { maxLength: 3 }),
    expose: fc.array(port, { maxLength: 3 }),
    healthcheck: maybe(
      fc.record({
        test,
        intervalMs: number,
        timeoutMs: number,
        retries: number,
        startPeriodMs: number,
        startIntervalMs: maybe(number),
      }),
    ),
    mounts: fc.array(mount, { maxLength: 3 }),
    resources: fc.record({
      cpus: maybe(number),
      memoryBytes: maybe(number),
      reservedCpus: maybe(number),
      reservedMemoryBytes: maybe(number),
      pids: maybe(number),
    }),
    user: mostly(
      fc.constantFrom(null, "1000", "1000:0", "65534:65534"),
      fc.constantFrom("0", "root", "0:0", "node", "", ":", "-1", "99999999999", "1000:staff", "+0", "00"),
    ),
    groups: fc.array(fc.constantFrom("0", "docker", "3000", "-1"), { maxLength: 2 }),
    readOnly: fc.boolean(),
    replicas: mostly(fc.constantFrom(1, 1, 1, 0, 2), fc.constantFrom(1e9, -1, 1.5)),
    restart: fc.constantFrom("always", "on-failure", "no"),
    stopGraceMs: maybe(number),
    stopSignal: maybe(text),
    shmBytes: maybe(number),
    tty: fc.boolean(),
    hostname: maybe(name),
    aliases: fc.array(name, { maxLength: 3 }),
    extraHosts: fc.array(
      fc.record({
        name,
        address: fc.constantFrom("10.0.0.1", "host-gateway", "::1", "1.2.3", "0x7f.1", "01.2.3.4", "2001:db8::1"),
      }),
      { maxLength: 2 },
    ),
    workingDir: maybe(path),
  },
  { requiredKeys: [] },
);

const dependency = fc.record({
  to: fc.nat({ max: 5 }),
  condition: fc.constantFrom("started" as const, "healthy" as const, "completed" as const),
  required: fc.boolean(),
});
const one = fc.record({
  name,
  image: fc.constantFrom("app:1", "postgres:17", "redis:8-alpine", "nginx", "docker.io/library/mysql:9"),
  says,
  dependsOn: fc.array(dependency, { maxLength: 2 }),
});

/** Up to 5 services; mostly ones that start. */
export const anyStack: fc.Arbitrary<StackSpec> = fc
  .record({
    parts: fc.uniqueArray(one, { minLength: 1, maxLength: 5, selector: (part) => part.name }),
    role: fc.constantFrom("shadow" as const, "base" as const),
    pr: maybe(fc.integer({ min: 1, max: 99_999 })),
    repoId: fc.integer({ min: 1, max: 2 ** 50 }),
    podSecurity: fc.constantFrom("restricted" as const, "baseline" as const),
    seed: maybe(text),
    port: fc.integer({ min: 1, max: 65_535 }),
    egress: fc.array(
      fc.constantFrom("db.example.com:5432", "169.254.169.254:80", "10.0.0.1:443", "*.x.com:1", "x", "y:0", "[::1]:80"),
      { maxLength: 3 },
    ),
    env: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,8}$/), text, { maxKeys: 2 }),
    expiresAt: number,
  })
  .map(({ parts, role, pr, repoId, podSecurity, seed, port: at, egress, env, expiresAt }) => {
    const services = parts.map((part) =>
      service(part.name, {
        image: part.image,
        ...part.says,
        dependsOn: part.dependsOn.flatMap(({ to, ...rest }) => {
          const other = parts[to];
          return other === undefined ? [] : [{ service: other.name, ...rest }];
        }),
      }),
    );
    const files = [
      { name: "token", kind: "secret", content: "t" },
      { name: "settings", kind: "config", content: "s" },
    ] as const;
    const made = spec(services, {
      project: project(services, { files }),
      seed,
      egress,
      env,
      envServices: services.map(({ name: each }) => each),
      entry: { service: services[0]?.name ?? "", port: at },
    });
    return {
      ...made,
      identity: { ...made.identity, role: pr === null ? "base" : role, pr, repoId },
      limits: { ...LIMITS, podSecurity },
      expiresAt,
    };
  });
