/** Sample stacks: one that runs, one that waits for its image, and one that failed with hostile words in its log. */
import type { Deployment } from "../../core/wire/api/deployments.ts";

type Stack = NonNullable<Deployment["stack"]>;

const NOTES: Stack["notes"] = [
  {
    file: "compose.yaml",
    line: 14,
    key: "services.web.container_name",
    effect: "dropped",
    message: "Names are given by the cluster; the service is reached by its own name.",
  },
  {
    file: "compose.yaml",
    line: 22,
    key: "services.db.volumes[0]",
    effect: "adjusted",
    message: "The path of the host became an empty volume that ends with the stack.",
  },
];

export const READY_STACK: Stack = {
  driver: "kubernetes",
  podSecurity: "baseline",
  services: [
    { name: "web", image: "ghcr.io/example/shop:3f9c1ab", state: "ready", reason: null },
    { name: "db", image: "docker.io/library/postgres:17", state: "ready", reason: null },
    { name: "migrate", image: "ghcr.io/example/shop:3f9c1ab", state: "done", reason: null },
  ],
  notes: NOTES,
  baseSha: "b5e01d7c29a84f63905d1e7a46c83f2b7d90e5a1",
  failure: null,
  log: null,
  expiresAt: "2026-11-28T20:00:00.000Z",
};

export const WAITING_STACK: Stack = {
  ...READY_STACK,
  podSecurity: null,
  services: [
    {
      name: "web",
      image: "ghcr.io/example/shop:3f9c1ab",
      state: "waiting",
      reason: "its image is not at the registry",
    },
    { name: "db", image: "docker.io/library/postgres:17", state: "idle", reason: null },
  ],
  notes: [],
  baseSha: null,
};

export const FAILED_STACK: Stack = {
  ...READY_STACK,
  podSecurity: "restricted",
  services: [
    { name: "web", image: "ghcr.io/example/shop:3f9c1ab", state: "failed", reason: "it ended with 1, four times" },
    {
      name: "db",
      image: "docker.io/library/postgres:17",
      state: "starting",
      reason: "its health check has not passed",
    },
  ],
  notes: [
    ...NOTES,
    {
      file: "compose.yaml",
      line: 31,
      key: "services.web.privileged",
      effect: "refused",
      message: "A shadow runs without the host's rights. Take the key away.",
    },
  ],
  baseSha: null,
  failure: "crash-loop",
  log: "starting\n<script>alert(2)</script> is no route\nError: no such table: \u202estnuocca\n    at start (/app/server.js:12:9)",
};
