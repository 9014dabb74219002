/** The container engine that DOCKER_HOST names and docker compose, for tests that need real ones. */
import { dirname } from "node:path";
import type { ComposeProgram } from "../../../infra/provisioner/drivers/docker/compose-cli.ts";
import { engineSocket } from "../scenario/engine.ts";
import { imageCommand } from "../scenario/images.ts";
import { composeCommand } from "./compose-cli.ts";

export interface EngineAtHand {
  readonly dockerHost: string;
  readonly command: ComposeProgram["command"];
  /** The environment of a provisioner that finds docker compose. */
  readonly environment: ComposeProgram["environment"];
}

/** Null: something is not there; `whyNot` says what. */
export async function engineAtHand(): Promise<EngineAtHand | null> {
  const command = await composeCommand();
  if (command === null || (await whyNot()) !== null) return null;
  const PATH = command[0].startsWith("/") ? `${dirname(command[0])}:${process.env["PATH"]}` : process.env["PATH"];
  return { dockerHost: process.env["DOCKER_HOST"] ?? "", command, environment: { ...process.env, PATH } };
}

/** For the title of what is skipped. */
export async function whyNot(): Promise<string | null> {
  if (engineSocket() === null) return "DOCKER_HOST names no engine of this machine";
  if ((await composeCommand()) === null) return "there is no docker compose of version 2";
  return imageCommand() === null ? "SHADOW_INFRA_TEST_IMAGE_COMMAND does not say how images are made" : null;
}
