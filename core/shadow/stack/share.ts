/**
 * What each service of a stack may use: what the file asks for, inside what the operator allows the stack as a whole. Where all
 * together ask for more, all get less in proportion.
 */
import type { Result } from "../../pair/result.ts";
import type { ComposeService } from "../compose/project.ts";
import type { StackSpec } from "./spec.ts";

export interface Share {
  /** Thousandths of a CPU. */
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly requestCpuMilli: number;
  readonly requestMemoryBytes: number;
  /** Of the writable layer and all volumes of one pod. */
  readonly storageBytes: number;
  /** Less than the file asks for. */
  readonly reduced: boolean;
}

/** The least that Docker takes as a limit. https://docs.docker.com/engine/containers/resource_constraints/ */
const DOCKER_MIN_BYTES = 6 * 1024 * 1024;
/** Below this no service that people write starts. */
const MIN_MEMORY_BYTES = 16 * 1024 * 1024;
const MIN_CPU_MILLI = 10;
/** What is lost by dividing and multiplying again. */
const ROUNDING = 1e-6;
const MILLI = 1_000;
/** A shadow idles most of the time: it is promised this part of what it may use. */
const PROMISED_CPU = 0.1;
const PROMISED_MEMORY = 0.5;

interface Ask {
  readonly name: string;
  readonly copies: number;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly service: ComposeService;
}

/** By service name. The seed has the share of the service that answers, on top. */
export function sharesOf({ limits, workload }: StackSpec): Result<ReadonlyMap<string, Share>, "limits-exceeded"> {
  if (workload.kind !== "compose") return { ok: true, value: new Map() };
  const asks = workload.project.services.map((service): Ask => {
    const { cpus, memoryBytes, reservedCpus, reservedMemoryBytes } = service.resources;
    return {
      name: service.name,
      service,
      copies: copiesOf(service) + (workload.seed !== null && service.name === workload.entry.service ? 1 : 0),
      // The least that there is counts as asked for: many that ask for nothing would have more than a stack may.
      cpus: Math.min(
        Math.max(positive(cpus) ?? Math.max(limits.defaultCpus, positive(reservedCpus) ?? 0), MIN_CPU_MILLI / MILLI),
        limits.cpus,
      ),
      memoryBytes: Math.min(
        Math.max(
          positive(memoryBytes) ?? Math.max(limits.defaultMemoryBytes, positive(reservedMemoryBytes) ?? 0),
          DOCKER_MIN_BYTES,
        ),
        limits.memoryBytes,
      ),
    };
  });
  const sum = (of: (ask: Ask) => number) => asks.reduce((total, ask) => total + of(ask) * ask.copies, 0);
  const cpuFactor = Math.min(1, limits.cpus / sum(({ cpus }) => cpus));
  const memoryFactor = Math.min(1, limits.memoryBytes / sum(({ memoryBytes }) => memoryBytes));
  const storageBytes = Math.floor(
    limits.storageBytes /
      Math.max(
        1,
        sum(() => 1),
      ),
  );
  const poor = asks.find((ask) => ask.memoryBytes * memoryFactor < Math.min(MIN_MEMORY_BYTES, ask.memoryBytes));
  if (poor !== undefined) return { ok: false, reason: "limits-exceeded", detail: words(poor.name, "memory") };
  const slow = asks.find((ask) => ask.cpus * cpuFactor * MILLI < MIN_CPU_MILLI - ROUNDING);
  if (slow !== undefined) return { ok: false, reason: "limits-exceeded", detail: words(slow.name, "CPU") };
  return {
    ok: true,
    value: new Map(asks.map((ask) => [ask.name, shareOf(ask, { cpuFactor, memoryFactor, storageBytes })])),
  };
}

/** At least one, at most what the limits allow is the reading's to say. */
export function copiesOf({ replicas }: ComposeService): number {
  return Number.isInteger(replicas) && replicas >= 0 ? replicas : 1;
}

interface Factors {
  readonly cpuFactor: number;
  readonly memoryFactor: number;
  readonly storageBytes: number;
}

function shareOf({ cpus, memoryBytes, service }: Ask, { cpuFactor, memoryFactor, storageBytes }: Factors): Share {
  const asked = service.resources;
  const cpuMilli = Math.max(MIN_CPU_MILLI, Math.floor(cpus * cpuFactor * MILLI));
  const bytes = Math.max(DOCKER_MIN_BYTES, Math.floor(memoryBytes * memoryFactor));
  const promisedCpu = positive(asked.reservedCpus) ?? (cpuMilli / MILLI) * PROMISED_CPU;
  const promisedMemory = positive(asked.reservedMemoryBytes) ?? bytes * PROMISED_MEMORY;
  return {
    cpuMilli,
    memoryBytes: bytes,
    requestCpuMilli: Math.min(cpuMilli, Math.max(1, Math.floor(promisedCpu * MILLI))),
    requestMemoryBytes: Math.min(bytes, Math.max(1, Math.floor(promisedMemory))),
    storageBytes,
    reduced:
      cpuMilli < Math.floor((positive(asked.cpus) ?? 0) * MILLI) ||
      bytes < Math.floor(positive(asked.memoryBytes) ?? 0),
  };
}

function positive(value: number | null): number | null {
  return value !== null && Number.isFinite(value) && value > 0 ? value : null;
}

function words(service: string, what: "memory" | "CPU"): string {
  return `The services ask for more ${what} than a stack may have, and "${service}" would be left with too little to start. Lower their limits, leave services out with x-shadow, or ask the operator for more.`;
}
