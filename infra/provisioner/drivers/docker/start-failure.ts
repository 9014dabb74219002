/** Why a stack did not start: by what its containers say, by what docker compose said, or by the time that ran out. */
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { StackFailure } from "../driver.ts";
import type { ComposeCli } from "./compose-cli.ts";
import type { Engine } from "./engine.ts";
import { hasGateway } from "./gateway.ts";
import { SERVICE, STACK } from "./labels.ts";
import type { LabelledProject } from "./project.ts";
import { standingOf } from "./standing.ts";

export interface StartParts {
  readonly engine: Engine;
  readonly compose: ComposeCli;
  readonly startLimitMs: number;
}

export interface Start {
  readonly name: string;
  readonly spec: StackSpec;
  readonly project: LabelledProject;
  readonly signal: AbortSignal;
}

/** Null: it runs. */
export interface StartFailure {
  readonly failure: StackFailure;
  readonly words: string;
  readonly log: string | null;
}

const LOG_LINES = 40;

/** With the services that are not ready; where all are, it is the app that does not listen. */
export async function tooLate(
  { engine, startLimitMs }: StartParts,
  { name, project, spec }: Start,
): Promise<StartFailure> {
  const late = `${name} did not start within ${Math.round(startLimitMs / 1000)} s.`;
  const signal = AbortSignal.timeout(startLimitMs);
  const containers = await engine.containers(`${STACK}=${name}`, signal);
  const { services, complete } = standingOf(containers, project.expected, Date.now());
  const open = services.filter(({ state }) => state !== "ready" && state !== "done");
  if (!complete || !hasGateway(containers, project) || spec.workload.kind !== "compose")
    return {
      failure: "start-timeout",
      words: open.length === 0 ? late : `${late} Not ready: ${open.map((one) => one.name).join(", ")}.`,
      log: null,
    };
  const { service, port } = spec.workload.entry;
  const container = containers.find(({ Config: { Labels } }) => Labels?.[SERVICE] === service);
  return {
    failure: "start-timeout",
    words: `${late} The service "${service}" runs and accepts no connection on port ${port}.`,
    log: container === undefined ? null : lastLines(await engine.logs(container.Id, LOG_LINES, signal)),
  };
}

/** By what the containers say; where there are none, by what docker compose said. */
export async function failureOf(parts: StartParts, asked: Start, said: string): Promise<StartFailure> {
  const { engine } = parts;
  const signal = AbortSignal.timeout(parts.startLimitMs);
  const containers = await engine.containers(`${STACK}=${asked.name}`, signal);
  const { failed } = standingOf(containers, asked.project.expected, Date.now());
  if (failed !== null)
    return {
      failure: failed.failure,
      words: failed.words,
      log: lastLines(await engine.logs(failed.id, LOG_LINES, signal)),
    };
  if (asked.signal.aborted) return tooLate(parts, asked);
  const pull =
    /pull access denied|manifest (?:for \S+ not found|unknown)|not found: manifest|failed to resolve|unauthorized|no such image|error pulling|Get "https?:\/\/[^"]*\/v2\//i;
  const failure = pull.test(said)
    ? "image-pull"
    : /timed? ?out|deadline/i.test(said)
      ? "start-timeout"
      : "refused-by-cluster";
  return { failure, words: `docker compose could not start the stack: ${lastLine(said)}`, log: lastLines(said) };
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.trim().slice(0, 1_000) ?? "";
}

export function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-LOG_LINES).join("\n");
}
