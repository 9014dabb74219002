/** What the engine says of containers, as how a stack's services stand. */
import { describe, expect, test } from "vitest";
import type { Lasting } from "../../../../core/shadow/stack/order.ts";
import type { EngineContainer } from "../../../../infra/provisioner/drivers/docker/engine-forms.ts";
import { imagesOf, isSound, standingOf } from "../../../../infra/provisioner/drivers/docker/standing.ts";

interface Case {
  readonly what: string;
  readonly lasting?: Lasting;
  readonly state: Partial<EngineContainer["State"]>;
  readonly restarts?: number;
  readonly expected: { readonly state: string; readonly failure?: string };
}

const NOW = Date.UTC(2026, 0, 5);

function container({ state, restarts = 0 }: Pick<Case, "state" | "restarts">): EngineContainer {
  return {
    Id: "c1",
    RestartCount: restarts,
    Config: { Image: "web:1", Labels: { "com.docker.compose.service": "web" } },
    State: { Status: "running", ExitCode: 0, OOMKilled: false, Error: "", Health: null, StartedAt: ago(60), ...state },
    NetworkSettings: { Ports: {} },
  };
}

function ago(seconds: number): string {
  return new Date(NOW - seconds * 1_000).toISOString();
}

test.each<Case>([
  { what: "runs", state: {}, expected: { state: "ready" } },
  { what: "runs and is healthy", state: { Health: { Status: "healthy" } }, expected: { state: "ready" } },
  { what: "does not know yet", state: { Health: { Status: "starting" } }, expected: { state: "starting" } },
  {
    what: "is unhealthy",
    state: { Health: { Status: "unhealthy" } },
    expected: { state: "failed", failure: "unhealthy" },
  },
  {
    what: "crashes again and again",
    state: { Status: "restarting", ExitCode: 3 },
    restarts: 3,
    expected: { state: "failed", failure: "crash-loop" },
  },
  { what: "crashed once", state: { Status: "restarting", ExitCode: 3 }, restarts: 1, expected: { state: "starting" } },
  {
    what: "came back from a crash a moment ago",
    state: { StartedAt: ago(9) },
    restarts: 1,
    expected: { state: "starting" },
  },
  {
    what: "came back from a crash and lasts",
    state: { StartedAt: ago(11) },
    restarts: 2,
    expected: { state: "ready" },
  },
  {
    what: "came back from a crash and is healthy",
    state: { StartedAt: ago(1), Health: { Status: "healthy" } },
    restarts: 1,
    expected: { state: "ready" },
  },
  { what: "runs for a moment", state: { StartedAt: ago(0) }, expected: { state: "ready" } },
  { what: "took too much memory", state: { OOMKilled: true }, expected: { state: "failed", failure: "crash-loop" } },
  {
    what: "could not be started",
    state: { Status: "created", Error: "no such file" },
    expected: { state: "failed", failure: "config-error" },
  },
  { what: "was stopped", state: { Status: "exited", ExitCode: 137 }, expected: { state: "idle" } },
  { what: "is a job at work", lasting: "must-end", state: {}, expected: { state: "starting" } },
  { what: "is a job that is done", lasting: "must-end", state: { Status: "exited" }, expected: { state: "done" } },
  {
    what: "is a job that failed",
    lasting: "must-end",
    state: { Status: "exited", ExitCode: 1 },
    expected: { state: "failed", failure: "dependency-failed" },
  },
  { what: "may end and did", lasting: "may-end", state: { Status: "exited" }, expected: { state: "done" } },
  { what: "may end and runs", lasting: "may-end", state: {}, expected: { state: "ready" } },
])("a service that $what", ({ lasting = "server", state, restarts, expected }) => {
  const standing = standingOf([container({ state, restarts })], { web: { image: "web:1", lasting } }, NOW);
  expect([standing.services[0]?.state, standing.failed?.failure]).toEqual([expected.state, expected.failure]);
  expect(standing.complete).toBe(["ready", "done"].includes(expected.state));
});

test("a service without a container waits, and of several replicas the worst counts", () => {
  const expected = { web: { image: "web:1", lasting: "server" as const } };
  expect(standingOf([], expected, NOW)).toMatchObject({
    complete: false,
    services: [{ name: "web", state: "waiting" }],
  });
  const replicas = [container({ state: {} }), container({ state: { Health: { Status: "unhealthy" } } })];
  expect(standingOf(replicas, expected, NOW).failed?.words).toBe('The service "web" runs, and its health check fails.');
});

test("images are those of the containers of that very commit", () => {
  const labelled = (service: string, sha: string): EngineContainer => {
    const one = container({ state: {} });
    const Labels = { "com.docker.compose.service": service, "shadow-infra.dev/sha": sha };
    return { ...one, Config: { Image: `${service}@sha256:1`, Labels } };
  };
  const containers = [labelled("web", "a"), labelled("db", "b"), container({ state: {} })];
  expect(imagesOf(containers, "a")).toEqual({ web: "web@sha256:1" });
});

describe("sound is what has not crashed so far", () => {
  test.each([
    ["running", 0, true],
    ["created", 0, true],
    ["running", 1, false],
    ["restarting", 1, false],
    ["exited", 0, false],
  ])("%s after %s restarts: %s", (Status, restarts, expected) => {
    expect(isSound(container({ state: { Status }, restarts }))).toBe(expected);
  });
});
