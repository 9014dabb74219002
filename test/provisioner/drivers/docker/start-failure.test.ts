/** Why a stack did not start, in words: by what an engine says of its containers and what docker compose wrote. */
import { expect, test } from "vitest";
import type { Engine } from "../../../../infra/provisioner/drivers/docker/engine.ts";
import { ContainerSchema, type EngineContainer } from "../../../../infra/provisioner/drivers/docker/engine-forms.ts";
import {
  failureOf,
  type Start,
  type StartParts,
  tooLate,
} from "../../../../infra/provisioner/drivers/docker/start-failure.ts";
import { service, spec as specOf } from "../../../standins/kubernetes/specs.ts";

const CONTENT = "as-asked";
const NAME = "shadow-pr7-x";

function container(name: string, State: object, RestartCount = 0): EngineContainer {
  return ContainerSchema.parse({
    Id: `id-of-${name}`,
    RestartCount,
    Config: { Image: "shop:1", Labels: { "com.docker.compose.service": name, "shadow-infra.dev/content": CONTENT } },
    State: { Status: "running", ExitCode: 0, StartedAt: "2026-01-05T00:00:00Z", ...State },
    NetworkSettings: {},
  });
}

function partsFor(containers: readonly EngineContainer[]): StartParts {
  const engine: Engine = {
    containers: async () => containers,
    labels: async () => [],
    apiVersion: async () => "1.44",
    logs: async (id) => `log ${id}\n`,
  };
  return { engine, compose: { run: async () => ({ code: 1, stdout: "", stderr: "" }) }, startLimitMs: 60_000 };
}

function asked(): Start {
  const web = { image: "shop:1", lasting: "server" } as const;
  return {
    name: NAME,
    spec: specOf({ services: [service("web"), service("db")] }),
    project: { text: "{}", content: CONTENT, gateway: "stack", expected: { web, db: web } },
    signal: new AbortController().signal,
  };
}

const STARTING = { Health: { Status: "starting" } };

test.each([
  [
    "names what is not ready",
    [container("web", {}), container("db", STARTING)],
    { words: `${NAME} did not start within 60 s. Not ready: db.`, log: null },
  ],
  ["names what has no container yet", [container("db", {})], { words: expect.stringContaining("Not ready: web.") }],
  [
    "says no more before the gateway is there",
    [container("web", {}), container("db", {})],
    { words: `${NAME} did not start within 60 s.`, log: null },
  ],
  [
    "says that the app does not listen, with its log",
    [container("web", {}), container("db", {}), container("stack", {})],
    {
      words: `${NAME} did not start within 60 s. The service "web" runs and accepts no connection on port 8080.`,
      log: "log id-of-web",
    },
  ],
])("a start that took too long %s", async (_, containers, expected) => {
  expect(await tooLate(partsFor(containers), asked())).toMatchObject({ failure: "start-timeout", ...expected });
});

test("what a container says comes before what docker compose says", async () => {
  const crashing = container("web", { Status: "restarting", ExitCode: 3 }, 3);
  expect(await failureOf(partsFor([crashing]), asked(), "unauthorized")).toEqual({
    failure: "crash-loop",
    words: 'The service "web" crashed 3 times, the last time with code 3.',
    log: "log id-of-web",
  });
});

test.each([
  ["image-pull", "Error response from daemon: manifest for acme/web:1 not found"],
  ["image-pull", 'Get "https://images.example.com/v2/": connection refused'],
  ["start-timeout", "context deadline exceeded"],
  ["refused-by-cluster", "one\nports are not available"],
])("%s, where docker compose said: %s", async (failure, said) => {
  const words = `docker compose could not start the stack: ${said.split("\n").at(-1)}`;
  expect(await failureOf(partsFor([]), asked(), said)).toEqual({ failure, words, log: said });
});
