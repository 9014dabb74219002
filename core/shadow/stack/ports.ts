/**
 * Where the services of a stack listen. Compose lets a service reach another at any port, written down or not; a cluster's Service
 * opens only ports that are known. So beside those the file declares, those count that others mention (`db:5432`) and those that
 * public images are known for.
 */
import type { ComposeService, ServicePort } from "../compose/project.ts";
import { knownImage } from "./known-images.ts";
import type { ComposeWorkload } from "./spec.ts";

export interface KnownPorts {
  /** Of `ports` and `expose`, in the file's order, none twice. */
  readonly declared: readonly ServicePort[];
  /** Declared ones first, then those found. */
  readonly all: readonly ServicePort[];
  /** The TCP port to knock at to see whether it listens; null: none is known well enough to wait for. */
  readonly sure: number | null;
}

/** More than a service has; ranges of ports are the reading's to bound. */
const MAX_PORTS = 100;
const HIGHEST_PORT = 65_535;

/** A name and a port. What stands before the name is no part of one, so that a long word is looked at once. */
const MENTION = /(?<![\w.-])([\w.-]{1,253}):(\d{1,5})(?!\.?\d)/g;
/** `redis:7` is an image and not a port. */
const LOWEST_MENTIONED = 80;
const LOW_PORTS: ReadonlySet<number> = new Set([21, 22, 25, 53]);

/** By service name. */
export function portsOf({ project, images, env, entry }: ComposeWorkload): ReadonlyMap<string, KnownPorts> {
  const mentioned = mentionedPorts(project.services, Object.values(env));
  return new Map(
    project.services.map((service) => {
      const declared = distinct([...service.ports, ...service.expose]);
      const own: readonly ServicePort[] = service.name === entry.service ? [{ port: entry.port, protocol: "tcp" }] : [];
      const found = mentioned.get(service.name) ?? [];
      const known = declared.length === 0 ? (knownImage(images[service.name] ?? "")?.ports ?? []) : [];
      // A command may move an image's port.
      const usual = service.command === null && service.entrypoint === null ? known : [];
      const sure = distinct([...own, ...declared, ...usual, ...found]).find(({ protocol }) => protocol === "tcp");
      return [
        service.name,
        { declared, all: distinct([...declared, ...own, ...found, ...known]), sure: sure?.port ?? null },
      ];
    }),
  );
}

function mentionedPorts(
  services: readonly ComposeService[],
  further: readonly string[],
): ReadonlyMap<string, ServicePort[]> {
  const found = new Map<string, ServicePort[]>();
  const owners = new Map(
    services.flatMap(({ name, aliases }) => [...aliases, name].map((known) => [known, name] as const)),
  );
  for (const text of [...services.flatMap(textsOf), ...further]) {
    for (const [, name = "", port = ""] of text.matchAll(MENTION)) {
      const ports = found.get(owners.get(name) ?? "") ?? [];
      const owner = owners.get(name);
      const isPort = Number(port) >= LOWEST_MENTIONED || LOW_PORTS.has(Number(port));
      if (owner !== undefined && isPort && ports.length < MAX_PORTS)
        found.set(owner, [...ports, { port: Number(port), protocol: "tcp" }]);
    }
  }
  return found;
}

function textsOf({ environment, command, entrypoint }: ComposeService): readonly string[] {
  return [...Object.values(environment), ...(command ?? []), ...(entrypoint ?? [])];
}

function distinct(ports: readonly ServicePort[]): readonly ServicePort[] {
  const seen = new Set<string>();
  return ports
    .filter(({ port, protocol }) => {
      const key = `${protocol}-${port}`;
      if (seen.has(key) || !Number.isInteger(port) || port < 1 || port > HIGHEST_PORT) return false;
      seen.add(key);
      return true;
    })
    .slice(0, MAX_PORTS);
}
