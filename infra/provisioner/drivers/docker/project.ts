/** The project that docker compose is handed: what the core makes of a spec, with labels by which it is found again. */
import { createHash } from "node:crypto";
import type { Result } from "../../../../core/pair/result.ts";
import type { DockerModel, DockerPart, DockerProject } from "../../../../core/shadow/docker/options.ts";
import { lastingOf } from "../../../../core/shadow/stack/order.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import { labelsOf } from "./labels.ts";
import type { ExpectedServices } from "./standing.ts";

export type DockerProjectOf = (spec: StackSpec) => Result<DockerModel, string>;

export interface LabelledProject {
  /** JSON, which is YAML too. */
  readonly text: string;
  readonly content: string;
  readonly gateway: string;
  /** By name; without the gateway. */
  readonly expected: ExpectedServices;
}

/** Every part of the stack carries the labels, so that no part of it can be left behind unseen. */
export function labelled(spec: StackSpec, { project, gateway }: DockerModel, apiVersion: string): LabelledProject {
  const content = contentOf(spec, project);
  const labels = labelsOf(spec, content);
  const { services, networks, volumes } = project;
  return {
    text: JSON.stringify({
      ...project,
      services: withLabels(knownTo(apiVersion, services), labels),
      networks: withLabels(networks, labels),
      volumes: withLabels(volumes, labels),
    }),
    content,
    gateway,
    expected: expectedOf(spec),
  };
}

function expectedOf({ workload }: StackSpec): ExpectedServices {
  if (workload.kind !== "compose") return {};
  const { images, project, entry } = workload;
  return Object.fromEntries(
    project.services.map((service) => [
      service.name,
      { image: images[service.name] ?? "", lasting: lastingOf(service, project, entry.service) },
    ]),
  );
}

/** Of everything but the time it may live. */
function contentOf(spec: StackSpec, project: DockerProject): string {
  const seed = spec.workload.kind === "compose" ? spec.workload.seed : null;
  const text = JSON.stringify([spec.identity, spec.attempt, seed, project]);
  return createHash("sha256").update(text).digest("hex").slice(0, CONTENT_CHARS);
}

const CONTENT_CHARS = 32;

type Parts = Readonly<Record<string, DockerPart>>;

/** Docker Engine 25 has this version (https://docs.docker.com/reference/api/engine/version-history/). */
const WITH_START_INTERVAL = 44;

/** Older engines refuse a whole project for `start_interval`; without it the first checks come at the ordinary pace. */
function knownTo(apiVersion: string, services: Parts): Parts {
  if (Number(apiVersion.split(".")[1]) >= WITH_START_INTERVAL) return services;
  return Object.fromEntries(Object.entries(services).map(([name, service]) => [name, withoutStartInterval(service)]));
}

function withoutStartInterval(service: DockerPart): DockerPart {
  const { healthcheck } = service;
  if (typeof healthcheck !== "object" || healthcheck === null || Array.isArray(healthcheck)) return service;
  const kept = Object.entries(healthcheck).filter(([key]) => key !== "start_interval");
  return { ...service, healthcheck: Object.fromEntries(kept) };
}

type Labels = Readonly<Record<string, string>>;

/** The core's projects have no labels of their own. */
function withLabels(parts: Parts, labels: Labels): Parts {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, { ...part, labels }]));
}
