import { describe, expect, test } from "vitest";
import type { ComposeService } from "../../../../core/shadow/compose/project.ts";
import { notesOnWeb, webIn } from "./repository.ts";

describe("a service", () => {
  const ROWS: readonly (readonly [string, Partial<ComposeService>])[] = [
    ["image: registry.example:5000/a/b:1@sha256:" + "0".repeat(64), { built: false }],
    ["build: .", { image: null, built: true }],
    ["build: {context: a}\nimage: name", { image: "name", built: true }],
    ["command: npm run 'a b'\nentrypoint: []", { command: ["npm", "run", "a b"], entrypoint: [] }],
    ["command: ''\nentrypoint:", { command: [], entrypoint: null }],
    ["user: '1000:1000'\ngroup_add: [mail, 5]", { user: "1000:1000", groups: ["mail", "5"] }],
    ["user: root\nx-shadow: {user: '1000'}", { user: "1000" }],
    ["working_dir: /srv\nread_only: true", { workingDir: "/srv", readOnly: true }],
    ["stop_grace_period: 1m30s\nstop_signal: SIGINT", { stopGraceMs: 90_000, stopSignal: "SIGINT" }],
    ["shm_size: 64m\ntty: true\nstdin_open: 'true'", { shmBytes: 67_108_864, tty: true, stdin: true }],
    ["scale: 3", { replicas: 3 }],
    ["deploy: {replicas: '2'}", { replicas: 2 }],
    ["deploy: {mode: global, replicas: 9}", { replicas: 1 }],
    ["hostname: h\ncontainer_name: c1\nnetworks: {n: {aliases: [a, b]}}", { hostname: "h", aliases: ["c1", "a", "b"] }],
    [
      "extra_hosts: ['a:10.0.0.1', 'b=::1', 'c:[::2]']",
      {
        extraHosts: [
          { name: "a", address: "10.0.0.1" },
          { name: "b", address: "::1" },
          { name: "c", address: "::2" },
        ],
      },
    ],
    [
      "extra_hosts: {a: [10.0.0.1, 10.0.0.2]}",
      {
        extraHosts: [
          { name: "a", address: "10.0.0.1" },
          { name: "a", address: "10.0.0.2" },
        ],
      },
    ],
  ];

  test.each(ROWS)("%s", (keys, expected) => expect(webIn(keys)).toMatchObject(expected));

  test.each([
    ["privileged: true", "privileged"],
    ["privileged: 'yes'", "privileged"],
    ["use_api_socket: true", "docker-socket"],
    ["pid: host", "host-namespace"],
    ["ipc: host", "host-namespace"],
    ["uts: host", "host-namespace"],
    ["userns_mode: host", "host-namespace"],
    ["cgroup: host", "host-namespace"],
    ["network_mode: host", "host-network"],
    ["network_mode: service:db", "host-network"],
    ["cap_add: [SYS_ADMIN]", "capability"],
    ["cap_add: [cap_net_raw]", "capability"],
    ["devices: ['/dev/fuse:/dev/fuse']", "device"],
    ["gpus: all", "device"],
    ["deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}", "device"],
    ["sysctls: {net.core.somaxconn: 1024}", "sysctl"],
    ["security_opt: ['seccomp:unconfined']", "security-option"],
    ["security_opt: ['no-new-privileges:false']", "security-option"],
    ["cgroup_parent: x", "cgroup-parent"],
    ["runtime: kata", "runtime"],
    ["volumes_from: [db]", "volumes-from"],
    ["external_links: [x]", "external-resource"],
    ["provider: {type: x}", "provider"],
    ["credential_spec: {file: x}", "windows"],
    ["post_start: [{command: x}]", "lifecycle-hook"],
    ["scale: 11", "too-many-replicas"],
    ["deploy: {replicas: -1}", "too-many-replicas"],
    ["image: 'Upper/Case:tag'", "image-name"],
    ["image: 'a b'", "image-name"],
    ["image: x:y@sha256:zz", "image-name"],
    ['command: "a \'b"', "command"],
    ["user: '-1'", "user"],
    ["working_dir: a/b", "working-dir"],
    ["stop_signal: 'SIG;x'", "stop-signal"],
    ["stop_grace_period: soon", "quantity"],
    ["mem_limit: much", "quantity"],
    ["cpus: '-1.5'", "quantity"],
    ["restart: sometimes", "restart"],
    ["extra_hosts: ['a:b']", "extra-host"],
    ["healthcheck: {test: [curl, x]}", "healthcheck"],
    ["healthcheck: {test: x, interval: often}", "quantity"],
  ])("with %s is refused as %s", (keys, code) => {
    const refused = notesOnWeb(keys).filter(({ effect }) => effect === "refused");
    expect(refused.map((note) => note.code)).toEqual([code]);
  });

  test.each([
    "privileged: false",
    "ipc: private",
    "network_mode: bridge",
    "runtime: runc",
    "cap_add: []",
    "devices: []",
    "sysctls: {}",
  ])("with %s says nothing: it is the case anyway", (keys) => expect(notesOnWeb(keys)).toEqual([]));

  test.each([
    ["cap_add: [NET_BIND_SERVICE, CAP_CHOWN]", "capability"],
    ["network_mode: none", "network"],
    ["command: a && b", "shell-operator"],
  ])("with %s is adjusted", (keys, code) => {
    const notes = notesOnWeb(keys);
    expect(notes.map(({ effect }) => effect)).toEqual(notes.map(() => "adjusted"));
    expect(notes[0]?.code).toBe(code);
  });

  test("of names that DNS does not have loses them", () => {
    expect(notesOnWeb("container_name: 'ab c'\nhostname: -x-\nextra_hosts: ['h:host-gateway']")).toMatchObject([
      { code: "name" },
      { code: "name" },
      { code: "host-gateway" },
    ]);
  });
});

describe("resources", () => {
  const none = { cpus: null, memoryBytes: null, reservedCpus: null, reservedMemoryBytes: null, pids: null };
  test.each([
    [
      "cpus: 0.5\nmem_limit: 1g\nmem_reservation: 512m\npids_limit: 50",
      { cpus: 0.5, memoryBytes: 2 ** 30, reservedMemoryBytes: 2 ** 29, pids: 50 },
    ],
    [
      "deploy: {resources: {limits: {cpus: '1.5', memory: 1.5G, pids: 9}, reservations: {cpus: '0.2', memory: 1m}}}",
      { cpus: 1.5, memoryBytes: 1_610_612_736, pids: 9, reservedCpus: 0.2, reservedMemoryBytes: 2 ** 20 },
    ],
    ["deploy: {resources: {limits: {memory: 1g}}}\nmem_limit: 2g", { memoryBytes: 2 ** 30 }],
    ["cpu_quota: 50000", { cpus: 0.5 }],
    ["cpu_quota: 50000\ncpu_period: 25000", { cpus: 2 }],
    ["mem_limit: 0\npids_limit: -1", {}],
  ])("%s", (keys, expected) => expect(webIn(keys).resources).toEqual({ ...none, ...expected }));
});

describe("a health check", () => {
  const times = { intervalMs: 30_000, timeoutMs: 30_000, retries: 3, startPeriodMs: 0, startIntervalMs: null };
  test.each([
    [
      "test: curl -f localhost || exit 1",
      { test: { kind: "shell", command: "curl -f localhost || exit 1" }, ...times },
    ],
    ["test: [CMD, pg_isready, -U, x]", { test: { kind: "exec", command: ["pg_isready", "-U", "x"] }, ...times }],
    ["test: [CMD-SHELL, 'a $$B']\n  retries: 0", { test: { kind: "shell", command: "a $B" }, ...times }],
    ["test: [NONE]", { test: { kind: "none" }, ...times }],
    ["test: x\n  disable: true", { test: { kind: "none" }, ...times }],
    [
      "interval: 1m\n  timeout: 5s\n  retries: 9\n  start_period: 10s\n  start_interval: 1s",
      {
        test: { kind: "image" },
        intervalMs: 60_000,
        timeoutMs: 5_000,
        retries: 9,
        startPeriodMs: 10_000,
        startIntervalMs: 1_000,
      },
    ],
  ])("%s", (keys, expected) => expect(webIn(`healthcheck:\n  ${keys}`).healthcheck).toEqual(expected));
  test("that is not written is none", () => expect(webIn("tty: true").healthcheck).toBeNull());
});
