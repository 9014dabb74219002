/** `healthcheck`: what is tried, and when, with docker's defaults. */
import { isNull } from "./node.ts";
import type { Healthcheck } from "./project.ts";
import { composeBoolean, composeDurationMs, composeInteger } from "./quantities.ts";
import { refuse } from "./reading.ts";
import { at, type ServiceView, spotOf, textOf } from "./view.ts";

/** https://docs.docker.com/reference/dockerfile/#healthcheck */
const DEFAULT_INTERVAL_MS = 30_000;
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_RETRIES = 3;

/** A test that is repeated more often proves nothing more. */
const MAX_RETRIES = 1_000;

/** Null: the service says nothing of its health. */
export function healthcheckOf(view: ServiceView): Healthcheck | null {
  const node = at(view, "healthcheck");
  if (node === undefined || isNull(node)) return null;
  const test = composeBoolean(textOf(view, "healthcheck", "disable") ?? "false") ? NONE : testOf(view);
  const retries = textOf(view, "healthcheck", "retries");
  const count = retries === undefined ? DEFAULT_RETRIES : composeInteger(retries);
  if (count === null || count > MAX_RETRIES)
    refuse(view.reading, spotOf(view, "healthcheck", "retries"), {
      code: "quantity",
      message: `Write a whole number up to ${MAX_RETRIES}.`,
    });
  return {
    test,
    intervalMs: timeOf(view, "interval") || DEFAULT_INTERVAL_MS,
    timeoutMs: timeOf(view, "timeout") || DEFAULT_TIMEOUT_MS,
    retries: count === null || count === 0 ? DEFAULT_RETRIES : count,
    startPeriodMs: timeOf(view, "start_period"),
    startIntervalMs: timeOf(view, "start_interval") || null,
  };
}

const NONE = { kind: "none" } as const;

function testOf(view: ServiceView): Healthcheck["test"] {
  const node = at(view, "healthcheck", "test");
  if (node === undefined || isNull(node)) return { kind: "image" };
  if (node.kind === "scalar") return node.text === "" ? { kind: "image" } : { kind: "shell", command: node.text };
  const words = node.kind === "list" ? node.items.map((item) => (item.kind === "scalar" ? item.text : "")) : [];
  const [kind, ...rest] = words;
  if (kind === undefined) return { kind: "image" };
  if (kind === "NONE") return NONE;
  if (kind === "CMD" && rest.length > 0) return { kind: "exec", command: rest };
  if (kind === "CMD-SHELL" && rest.length > 0) return { kind: "shell", command: rest.join(" ") };
  refuse(view.reading, spotOf(view, "healthcheck", "test"), {
    code: "healthcheck",
    message: 'A test begins with "CMD", "CMD-SHELL" or "NONE", and says what to run.',
  });
  return NONE;
}

/** Zero where nothing is written: docker's default then counts. */
function timeOf(view: ServiceView, key: string): number {
  const text = textOf(view, "healthcheck", key);
  const ms = text === undefined ? 0 : composeDurationMs(text);
  if (ms === null)
    refuse(view.reading, spotOf(view, "healthcheck", key), {
      code: "quantity",
      message: `"${text}" is no duration. Write it like 10s or 1m30s.`,
    });
  return ms ?? 0;
}
