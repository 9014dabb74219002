/**
 * What docker compose itself makes of the projects it is handed, without an engine: all of the goldens' stacks and of the public compose
 * files pass its own check, and no word of a repository becomes a variable on the way.
 */
import { describe, expect, test } from "vitest";
import type { DockerOptions } from "../../../../core/shadow/docker/options.ts";
import { dockerProjectOf } from "../../../../core/shadow/docker/project-of.ts";
import type { ComposeWorkload, StackSpec } from "../../../../core/shadow/stack/spec.ts";
import { composeCli } from "../../../../infra/provisioner/drivers/docker/compose-cli.ts";
import { labelled } from "../../../../infra/provisioner/drivers/docker/project.ts";
import { stackOf } from "../../../core/shadow/compose-stack.ts";
import { publicProjects } from "../../../core/shadow/public-compose.ts";
import { SPECS, withFiles } from "../../../core/shadow/stack/specs.ts";
import { composeCommand } from "../../engine/compose-cli.ts";

const OPTIONS: DockerOptions = {
  gatewayImage: "registry.example.com/shadow-infra:1",
  stripHeaders: [],
  egress: "open",
};
const OLD_ENGINE = "1.41";
const NEW_ENGINE = "1.47";

const command = await composeCommand();
const title =
  command === null
    ? "SKIPPED, nothing of this was tried: docker compose of version 2 is not there, and Debian's package cannot be had. Its check"
    : "docker compose's own check";

describe.skipIf(command === null)(title, () => {
  const cli = composeCli({
    command: command ?? ["docker-compose"],
    dockerHost: "unix:///nonexistent/docker.sock",
    // Variables of this machine that would change a project, were they let in.
    environment: { ...process.env, COMPOSE_PROJECT_NAME: "other", COMPOSE_FILE: "/nonexistent", TAG: "evil" },
  });

  /** How many services passed. */
  async function checked(spec: StackSpec, api: string): Promise<number> {
    const made = dockerProjectOf(spec, OPTIONS);
    if (!made.ok) return 0;
    const { text } = labelled(spec, made.value, api);
    const run = await cli.run(["--file", "-", "config", "--format", "json"], text, AbortSignal.timeout(30_000));
    expect([run.code, run.stderr]).toEqual([0, ""]);
    const seen = JSON.parse(run.stdout) as Seen;
    const { project, images, env, envServices } = spec.workload as ComposeWorkload;
    expect(seen.name).toBe(made.value.project.name);
    for (const { name, environment } of project.services) {
      const expected = { ...environment, ...(envServices.includes(name) ? env : {}) };
      const { image, environment: given = {}, ports } = seen.services[name] ?? {};
      expect([image, ports]).toEqual([images[name], undefined]);
      // Its output is a compose file again, in which a dollar is written twice.
      expect(given).toEqual(
        Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, value.replaceAll("$", "$$$$")])),
      );
    }
    return project.services.length;
  }

  test.each(Object.entries(SPECS))("passes %s, for old engines and new ones", async (_name, spec) => {
    expect(await checked(withFiles(spec), OLD_ENGINE)).toBeGreaterThan(0);
    expect(await checked(withFiles(spec), NEW_ENGINE)).toBeGreaterThan(0);
  });

  test("passes every public compose file that can be run", async () => {
    const projects = publicProjects();
    expect(projects.length).toBeGreaterThan(30);
    for (const [, project] of projects) await checked(stackOf(project, "baseline"), OLD_ENGINE);
  });
});

interface Seen {
  readonly name: string;
  readonly services: Readonly<
    Record<
      string,
      { readonly image?: string; readonly environment?: Readonly<Record<string, string>>; readonly ports?: unknown }
    >
  >;
}
