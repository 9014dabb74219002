/**
 * Healthchecks as probes. Docker only marks a container unhealthy and never restarts it, so there is no liveness probe, and the startup
 * probe, whose failure restarts, is patient.
 */
import type { Healthcheck } from "../compose/project.ts";
import type { ServiceDraft } from "./draft.ts";
import type { JsonObject } from "./object.ts";
import { escaped } from "./text.ts";

/** Compose checks first after a whole interval, often 30 s; while a stack starts nobody wants to wait that long. */
const STARTUP_PERIOD_S = 2;
/** Longer than any stack may take to start: the driver ends that wait, with the reason. */
const STARTUP_PATIENCE_S = 1_800;
/** Of a connection attempt to a port that nothing else is known about. */
const PORT_PERIOD_S = 2;
const PORT_TIMEOUT_S = 2;
const PORT_FAILURES = 5;
/** A check that is slower than this has other troubles. */
const LONGEST_S = 600;
const MOST_RETRIES = 1_000;

/** `startupProbe` and `readinessProbe`; nothing where there is nothing to ask. */
export function probesOf({ service, ports, lasting }: ServiceDraft): JsonObject {
  if (lasting !== "server") return {};
  const { healthcheck } = service;
  if (healthcheck !== null && commandOf(healthcheck.test).length > 0) return checkProbes(healthcheck);
  if (ports.sure === null) return {};
  return {
    readinessProbe: {
      tcpSocket: { port: ports.sure },
      periodSeconds: PORT_PERIOD_S,
      timeoutSeconds: PORT_TIMEOUT_S,
      failureThreshold: PORT_FAILURES,
    },
  };
}

function checkProbes(healthcheck: Healthcheck): JsonObject {
  const { intervalMs, timeoutMs, retries, startPeriodMs, startIntervalMs } = healthcheck;
  const period = seconds(startIntervalMs ?? Math.min(intervalMs, STARTUP_PERIOD_S * 1_000));
  const patience = Math.max(STARTUP_PATIENCE_S, seconds(startPeriodMs) + seconds(intervalMs) * count(retries));
  const probe = { exec: { command: commandOf(healthcheck.test) }, timeoutSeconds: seconds(timeoutMs) };
  return {
    startupProbe: { ...probe, periodSeconds: period, failureThreshold: Math.ceil(patience / period) },
    readinessProbe: { ...probe, periodSeconds: seconds(intervalMs), failureThreshold: count(retries) },
  };
}

function commandOf(test: Healthcheck["test"]): readonly string[] {
  if (test.kind === "shell") return ["/bin/sh", "-c", escaped(test.command)];
  return test.kind === "exec" ? test.command.map(escaped) : [];
}

/** Whole seconds, at least one: Kubernetes has no parts of seconds. */
function seconds(ms: number): number {
  return Number.isFinite(ms) ? Math.min(LONGEST_S, Math.max(1, Math.ceil(ms / 1_000))) : LONGEST_S;
}

function count(retries: number): number {
  return Number.isFinite(retries) ? Math.min(MOST_RETRIES, Math.max(1, Math.floor(retries))) : 1;
}
