/** What runs for a pull request, in words: by which driver, how it is shut in, until when, and what it waits for. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import { absolute } from "./times.ts";

export type Stack = NonNullable<Deployment["stack"]>;

export interface StackLine {
  readonly name: string;
  readonly words: readonly string[];
}

const DRIVERS: Readonly<Record<Stack["driver"], string>> = {
  kubernetes: "Kubernetes, a namespace of its own or a shared one",
  docker: "containers of one host, by docker compose",
  url: "a preview deployment that somebody else runs",
  process: "a process of the provisioner's machine, not shut in",
};

const SECURITY: Readonly<Record<NonNullable<Stack["podSecurity"]>, string>> = {
  restricted: "Pod Security restricted",
  baseline:
    "Pod Security baseline only, not restricted: an image needs root or default capabilities, and the operator allows it",
};

/** The facts of a stack, each under its name. */
export function stackLines({ driver, podSecurity, baseSha, expiresAt, failure }: Stack): readonly StackLine[] {
  return [
    { name: "Runs as", words: [DRIVERS[driver]] },
    ...(podSecurity === null ? [] : [{ name: "Shut in by", words: [SECURITY[podSecurity]] }]),
    ...(baseSha === null ? [] : [{ name: "Base commit", words: [baseSha] }]),
    ...(expiresAt === null ? [] : [{ name: "Ends by itself", words: [absolute(expiresAt)] }]),
    ...(failure === null ? [] : [{ name: "Failure", words: [failure] }]),
  ];
}

/** Refused keys first: they are why nothing runs. The order of the file among equals. */
export function notesInOrder(notes: Stack["notes"]): Stack["notes"] {
  const rank = { refused: 0, adjusted: 1, dropped: 2 } as const;
  return notes.toSorted((a, b) => rank[a.effect] - rank[b.effect]);
}

const NO_HOST = "a production host whose traffic is mirrored to it: hosts in .shadow-infra.yml";

type Waiting = Pick<Deployment, "state" | "stateReason" | "stack" | "shadowOrigin" | "hosts">;

/** What a deployment that is being set up waits for, the most telling first; empty in any other state. */
export function waitsFor({ state, stateReason, stack, shadowOrigin, hosts }: Waiting): readonly string[] {
  if (state !== "pending") return [];
  const services = (stack?.services ?? []).filter(
    (service) => service.state === "waiting" || service.state === "starting" || service.state === "failed",
  );
  // Of what nothing runs for, such as a fork's commit without approval, the reason says all: its files were not even read.
  const isRead = stack !== null || stateReason === null;
  const found = [
    ...(stateReason === null ? [] : [stateReason]),
    ...services.map(({ name, state: at, reason }) => `${name}: ${reason ?? `it is ${at}`}`),
    ...(hosts.length === 0 && isRead ? [NO_HOST] : []),
  ];
  if (found.length > 0) return found;
  return [shadowOrigin === null ? "an address: its stack is being set up" : "the word that it is ready"];
}
