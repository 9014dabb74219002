/** Which service of a project answers, and on which port. */
import { nearest } from "../../../core/config/nearest.ts";
import type { ComposeProject, ComposeService } from "../../../core/shadow/compose/project.ts";
import { found, refused, type Step } from "./step.ts";

export interface Entry {
  readonly service: string;
  readonly port: number;
}

/** The configuration's word, then the compose file's own, then the first service with a published port, then with any. */
export function entryOf({ services, answers }: ComposeProject, named: string | undefined): Step<Entry> {
  const wanted = named ?? answers;
  if (wanted !== null) return entryNamed(services, wanted);
  const service = services.find(({ ports }) => ports.some(isTcp)) ?? services.find(({ expose }) => expose.some(isTcp));
  if (service !== undefined) return entryNamed(services, service.name);
  return refused(
    "no-port",
    "No service of the compose file says on which port it answers. Give the one that does `ports:` or `expose:`.",
  );
}

function entryNamed(services: readonly ComposeService[], name: string): Step<Entry> {
  const service = services.find((one) => one.name === name);
  const names = services.map((one) => one.name);
  if (service === undefined) {
    const meant = nearest(name, names);
    const advice = meant === null ? `It has: ${names.join(", ")}.` : `Did you mean "${meant}"?`;
    return refused(
      "service-unknown",
      `The service "${name}" should answer, and the compose file has none of that name. ${advice}`,
    );
  }
  const port = [...service.ports, ...service.expose].find(isTcp);
  return port === undefined
    ? refused(
        "no-port",
        `The service "${name}" should answer and says no port. Give it \`ports:\` or \`expose:\` with the container's port.`,
      )
    : found({ service: name, port: port.port });
}

function isTcp({ protocol }: { readonly protocol: string }): boolean {
  return protocol === "tcp";
}
