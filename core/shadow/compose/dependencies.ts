/** Which services wait for which, held against those that are there; names that links give; and who is a job. */

import { linksOf } from "./names.ts";
import { childOf, entriesOf, isNull, itemsOf, textAt } from "./node.ts";
import type { ComposeService, Dependency } from "./project.ts";
import { composeBoolean } from "./quantities.ts";
import { adjust, drop, refuse, type Spot } from "./reading.ts";
import { at, itemSpot, type ServiceView, spotOf } from "./view.ts";

const CONDITIONS = {
  service_started: "started",
  service_healthy: "healthy",
  service_completed_successfully: "completed",
} as const;

interface Written extends Dependency {
  readonly spot: Spot;
}

/** What is written, links included; whether the other service is there is checked by `joined`. */
function writtenDependencies(view: ServiceView): readonly Written[] {
  const node = at(view, "depends_on");
  const named =
    node?.kind === "map"
      ? entriesOf(node).map(({ key, node: value, place }) => ({
          service: key,
          condition: conditionOf(textAt(childOf(value, "condition"))),
          required: composeBoolean(textAt(childOf(value, "required")) ?? "true") !== false,
          spot: { place, key: `services.${view.name}.depends_on.${key}` },
        }))
      : itemsOf(node).map((item, n) => started(textAt(item) ?? "", itemSpot(view, "depends_on", { n, item })));
  const linked = linksOf(view).map(({ service }) => started(service, spotOf(view, "links")));
  const all = [...named, ...linked.filter(({ service }) => !named.some((one) => one.service === service))];
  return [...new Map(all.map((one) => [one.service, one])).values()];
}

function started(service: string, spot: Spot): Written {
  return { service, condition: "started", required: true, spot };
}

function conditionOf(text: string | undefined): Dependency["condition"] {
  return Object.entries(CONDITIONS).find(([name]) => name === text)?.[1] ?? "started";
}

export interface Joined {
  readonly view: ServiceView;
  readonly service: ComposeService;
}

/** The services with their dependencies and the names that others give them. */
export function joined(services: readonly Joined[], left: ReadonlyMap<string, string>): readonly ComposeService[] {
  const names = new Set(services.map(({ service }) => service.name));
  const linked = services.flatMap(({ view }) => linksOf(view));
  const waiting = services.map(({ view, service }) => ({
    view,
    service: {
      ...service,
      dependsOn: writtenDependencies(view).flatMap((one) => present(view, one, { names, left })),
      aliases: [...new Set([...service.aliases, ...aliasesFor(linked, service.name)])],
    },
  }));
  refuseCycles(waiting);
  const awaited = new Set(
    waiting.flatMap(({ service }) =>
      service.dependsOn.flatMap((one) => (one.condition === "completed" ? [one.service] : [])),
    ),
  );
  return waiting.map((one) => ({ ...one.service, restart: settledRestart(one, awaited) }));
}

function aliasesFor(links: ReturnType<typeof linksOf>, name: string): readonly string[] {
  return links.flatMap(({ service, alias }) => (service === name && alias !== null ? [alias] : []));
}

interface Known {
  readonly names: ReadonlySet<string>;
  /** Services that are left out, with the reason. */
  readonly left: ReadonlyMap<string, string>;
}

function present(view: ServiceView, { spot, ...one }: Written, { names, left }: Known): readonly Dependency[] {
  if (names.has(one.service)) return [one];
  const why = left.get(one.service);
  const about = one.service.slice(0, 80);
  if (why !== undefined && !one.required) {
    drop(view.reading, spot, { code: "dependency", message: `${about} is left out, and need not be there.` });
    return [];
  }
  const message =
    why === undefined
      ? `There is no service "${about}".`
      : `${about} is needed and left out: ${why} Keep it, or write required: false here.`;
  refuse(view.reading, spot, { code: why === undefined ? "unknown-service" : "dependency-left-out", message });
  return [];
}

/** Takes away whoever waits for nobody that is left, until nobody is left or all wait for each other. */
function refuseCycles(services: readonly Joined[]): void {
  let left = services;
  for (;;) {
    const names = new Set(left.map(({ service }) => service.name));
    const waiting = left.filter(({ service }) => service.dependsOn.some((one) => names.has(one.service)));
    if (waiting.length === left.length) break;
    left = waiting;
  }
  const [first] = left;
  if (first === undefined) return;
  const message = `These wait for each other: ${left.map(({ service }) => service.name).join(", ")}.`;
  refuse(first.view.reading, spotOf(first.view, "depends_on"), { code: "dependency-cycle", message });
}

/**
 * Compose starts nothing again unless it is told to, and most files do not say it of their servers. So a job is what others wait
 * for to end, or what says `no` or `on-failure` and has no port.
 */
function settledRestart({ view, service }: Joined, awaited: ReadonlySet<string>): ComposeService["restart"] {
  const written = service.restart;
  if (awaited.has(service.name)) return written === "on-failure" ? "on-failure" : "no";
  if (written === "always") return "always";
  const answers = service.ports.length > 0 || service.expose.length > 0 || service.healthcheck !== null;
  if (!answers) return written;
  const key = isNullOrAbsent(view) ? ["deploy", "restart_policy", "condition"] : ["restart"];
  const message = "The service answers, so it is started again whenever it ends.";
  adjust(view.reading, spotOf(view, ...key), { code: "restart", message });
  return "always";
}

function isNullOrAbsent(view: ServiceView): boolean {
  const node = at(view, "restart");
  return node === undefined || isNull(node);
}
