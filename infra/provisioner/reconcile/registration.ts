/** What the report is told of a deployment: the plan's registration, and the stack as its driver last described it. Pure. */
import type { ComposeNote } from "../../../core/shadow/compose/note.ts";
import type { DeploymentPutBody, StackPut } from "../../../core/wire/api/deployments.ts";
import type { ServiceStanding, StackStanding } from "../drivers/driver.ts";
import type { Planned } from "../plan/plan.ts";

/** Bounds of the API's schema (`core/wire/api/deployments.ts`): what is longer is cut here, so that no long word fails a stack. */
const MAX_WORDS = 4_000;
const MAX_NAME = 300;
const MAX_MESSAGE = 1_000;
const MAX_LOG = 20_000;
const MAX_SERVICES = 100;
const MAX_NOTES = 200;

export interface Addresses {
  readonly shadowOrigin: string;
  readonly stamped: boolean;
  readonly base: DeploymentPutBody["base"];
}

interface Described {
  /** Of the pull request's own stack; null: its driver was not asked. */
  readonly standing: StackStanding | null;
  /** Null: it is not ready, and gets no traffic. */
  readonly addresses: Addresses | null;
  /** Why nothing is asked of a driver: the plan's or the loop's stable word. */
  readonly failure: string | null;
  readonly asked: string | null;
}

export function registrationBody(
  planned: Planned,
  { standing, addresses, failure, asked }: Described,
): DeploymentPutBody {
  const registration = planned.ok ? planned.plan.registration : planned.registration;
  return {
    ...registration,
    shadowOrigin: addresses?.shadowOrigin ?? null,
    stamped: addresses?.stamped ?? false,
    base: addresses?.base ?? null,
    stack: { ...stackOf(planned, standing, failure), asked },
  };
}

function stackOf(planned: Planned, standing: StackStanding | null, failure: string | null): StackPut {
  const { driver, notes } = planned.ok ? planned.plan : planned;
  const { base, shadow } = planned.ok ? planned.plan : { base: null, shadow: null };
  return {
    driver,
    podSecurity: standing?.podSecurity ?? null,
    services: (standing?.services ?? []).slice(0, MAX_SERVICES).map(serviceOf),
    notes: notes.slice(0, MAX_NOTES).map(noteOf),
    baseSha: base?.identity.sha ?? null,
    expiresAt: shadow === null ? null : new Date(shadow.expiresAt).toISOString(),
    ...failureOf(standing, failure),
  };
}

function failureOf(standing: StackStanding | null, failure: string | null): Pick<StackPut, "failure" | "log"> {
  if (standing?.state !== "failed") return { failure, log: null };
  // What is wrong stands at the end of a log.
  return { failure: standing.failure, log: standing.log?.slice(-MAX_LOG) ?? null };
}

function serviceOf({ name, image, state, reason }: ServiceStanding) {
  const words = reason === null ? null : cut(reason, MAX_WORDS);
  return { name: cut(name, MAX_NAME), image: cut(image, MAX_NAME), state, reason: words };
}

function noteOf({ file, line, key, effect, message }: ComposeNote) {
  return { file: cut(file, MAX_NAME), line, key: cut(key, MAX_NAME), effect, message: cut(message, MAX_MESSAGE) };
}

/** A reason as the report takes it. */
export function reasonWords(words: string): string {
  return cut(words, MAX_WORDS);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
