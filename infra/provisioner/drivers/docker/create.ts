/** The docker driver out of what the operator says and the environment names: DOCKER_HOST, and where docker compose is found. */
import type { DockerOptions } from "../../../../core/shadow/docker/options.ts";
import { dockerProjectOf } from "../../../../core/shadow/docker/project-of.ts";
import { type Driver, DriverUnavailable } from "../driver.ts";
import { type ComposeCli, type ComposeProgram, composeCli, findComposeCommand } from "./compose-cli.ts";
import { dockerDriver } from "./driver.ts";
import { createEngine, DEFAULT_DOCKER_HOST, isDockerHost } from "./engine.ts";

export interface DockerDriverSettings {
  readonly options: DockerOptions;
  readonly startLimitMs: number;
  readonly environment: ComposeProgram["environment"];
}

/** Starts nothing and asks nobody: an engine that is not there yet is `DriverUnavailable` later. */
export function createDockerDriver({
  options,
  startLimitMs,
  environment,
}: DockerDriverSettings): Driver | { readonly problem: string } {
  const dockerHost = environment["DOCKER_HOST"] || DEFAULT_DOCKER_HOST;
  if (!isDockerHost(dockerHost))
    return { problem: `DOCKER_HOST is ${dockerHost}: the driver docker wants unix:///path or tcp://host:port.` };
  return dockerDriver({
    engine: createEngine(dockerHost),
    compose: foundCompose(dockerHost, environment),
    projectOf: (spec) => dockerProjectOf(spec, options),
    startLimitMs,
  });
}

/** The program is looked for when it is needed first, and again while it is not there. */
function foundCompose(dockerHost: string, environment: ComposeProgram["environment"]): ComposeCli {
  let found: ComposeCli | null = null;
  return {
    run: async (args, input, signal) => {
      if (found === null) {
        const command = await findComposeCommand(environment, dockerHost);
        if (command === null) throw new DriverUnavailable(NO_COMPOSE);
        found = composeCli({ command, dockerHost, environment });
      }
      return found.run(args, input, signal);
    },
  };
}

const NO_COMPOSE =
  "Neither `docker compose` nor `docker-compose` of version 2.23.1 or newer is there. Install docker's compose plugin on the machine of the provisioner.";
