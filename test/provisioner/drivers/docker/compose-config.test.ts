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
import { publicNames, publicProjects } from "../../../core/shadow/public-compose.ts";
import { SPECS, withFiles } from "../../../core/shadow/stack/specs.ts";
import { composeCommand } from "../../engine/compose-cli.ts";

const OPTIONS: DockerOptions = {
  gatewayImage: "registry.example.com/shadow-infra:1",
  stripHeaders: [],
  egress: "open",
};
/** Whose keys reach the machine, such as its socket, its network, its folders. The tests of the reading hold them to their reasons. */
const NOT_READ = [
  "minecraft",
  "pihole-cloudflared-DoH",
  "plex",
  "portainer",
  "traefik-golang",
  "wasmedge-kafka-mysql",
  "wasmedge-mysql-nginx",
  "wireguard",
];
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

  /** Why there is no project; null: it passed. */
  async function checked(spec: StackSpec, api: string): Promise<string | null> {
    const made = dockerProjectOf(spec, OPTIONS);
    if (!made.ok) return made.reason;
    expect(Object.keys(made.value.project.services).length).toBeGreaterThan(1);
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
    return null;
  }

  test.each(Object.entries(SPECS))("passes %s, for old engines and new ones", async (_name, spec) => {
    expect(await checked(withFiles(spec), OLD_ENGINE)).toBe(null);
    expect(await checked(withFiles(spec), NEW_ENGINE)).toBe(null);
  });

  test("passes every public compose file but those that are refused when they are read", async () => {
    const projects = publicProjects();
    const results: (readonly [string, string | null])[] = [];
    for (const [name, project] of projects)
      results.push([name, await checked(stackOf(project, "baseline"), OLD_ENGINE)]);
    // An engine takes all that a stack may have, so none is refused here: one that is, is named with its reason.
    expect(results.filter(([, refused]) => refused !== null)).toEqual([]);
    const read = new Set(projects.map(([name]) => name));
    expect(publicNames().filter((name) => !read.has(name))).toEqual(NOT_READ);
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
