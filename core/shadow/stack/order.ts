/** Services in the order of their dependencies, and which of them are programs that end. */
import type { Result } from "../../pair/result.ts";
import type { ComposeProject, ComposeService } from "../compose/project.ts";

/** A service after all that it depends on; otherwise the file's order. */
export function inOrder(
  services: readonly ComposeService[],
): Result<readonly ComposeService[], "dependency-cycle" | "dependency-unknown"> {
  const byName = new Map(services.map((service) => [service.name, service]));
  const ordered: ComposeService[] = [];
  const state = new Map<string, "open" | "done">();
  /** The services on the way round, where there is a circle. */
  const visit = (service: ComposeService): readonly string[] | null => {
    if (state.get(service.name) === "done") return null;
    if (state.get(service.name) === "open") return [service.name];
    state.set(service.name, "open");
    for (const dependency of service.dependsOn) {
      const circle = byName.has(dependency.service) ? visit(byName.get(dependency.service) ?? service) : null;
      if (circle !== null) return [service.name, ...circle];
    }
    state.set(service.name, "done");
    ordered.push(service);
    return null;
  };
  const lost = services.flatMap(({ name, dependsOn }) =>
    dependsOn
      .filter((other) => other.required && !byName.has(other.service))
      .map((other) => `"${name}" depends on "${other.service}", which is no service of the stack`),
  );
  if (lost[0] !== undefined)
    return { ok: false, reason: "dependency-unknown", detail: `${lost[0]}. Add it, or set required: false.` };
  for (const service of services) {
    const circle = visit(service);
    if (circle !== null)
      return {
        ok: false,
        reason: "dependency-cycle",
        detail: `Services depend on each other in a circle: ${circle.join(" -> ")}. Take one of these out of depends_on.`,
      };
  }
  return { ok: true, value: ordered };
}

/**
 * `server`: runs as long as the stack. `must-end`: another service waits for its end. `may-end`: a file that says `restart: no` of a
 * service without a port means a program that does its work once; nobody waits for it.
 */
export type Lasting = "server" | "must-end" | "may-end";

export function lastingOf(service: ComposeService, project: ComposeProject, entry: string): Lasting {
  const awaited = project.services.some(({ dependsOn }) =>
    dependsOn.some((other) => other.service === service.name && other.condition === "completed"),
  );
  if (service.name === entry) return "server";
  if (awaited) return "must-end";
  const listens =
    service.ports.length > 0 ||
    service.expose.length > 0 ||
    (service.healthcheck !== null && service.healthcheck.test.kind !== "none");
  return service.restart === "always" || listens ? "server" : "may-end";
}
