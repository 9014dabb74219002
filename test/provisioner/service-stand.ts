/** The webhook service on a free port, with plain parts behind it that remember what they were told. */
import { createHmac } from "node:crypto";
import { onTestFinished } from "vitest";
import { createLog } from "../../infra/provisioner/log.ts";
import type { Reconciler, ReconcilerStanding, WakeUp } from "../../infra/provisioner/reconcile/reconciler.ts";
import type { Report } from "../../infra/provisioner/report/report.ts";
import { type Service, startService } from "../../infra/provisioner/service.ts";
import type { OperatorSettings, RepositorySettings } from "../../infra/provisioner/settings/operator.ts";
import { repositorySettings } from "../../infra/provisioner/settings/repository.ts";
import { freePort } from "../servers/free-port.ts";

export const SECRET = "it is only a test";
export const OLD_SECRET = "it was only a test";

const STANDING: ReconcilerStanding = {
  lastPassAt: null,
  pulls: 2,
  stacks: { pending: 0, ready: 1, failed: 1, idle: 0, closing: 0, teardown_failed: 0 },
  reconciles: { done: 5, failed: 1 },
  leases: { renewed: 40, failed: 2 },
  swept: 3,
  unavailable: { github: "GitHub is limiting us for 40 s." },
};

export interface Stand {
  readonly service: Service;
  readonly port: number;
  readonly woken: readonly WakeUp[];
  readonly lines: readonly string[];
  readonly recorded: readonly string[];
}

export interface StandOptions {
  readonly settings?: Partial<OperatorSettings>;
  /** How the report Worker takes a delivery. Default: every id is new once. */
  readonly recordDelivery?: Report["recordDelivery"];
  readonly bodyLimitMs?: number;
  readonly stopLimitMs?: number;
  /** How the loop ends. Default: at once. */
  readonly stop?: () => Promise<void>;
}

export function servedRepository(id: number, extra: Partial<RepositorySettings> = {}): RepositorySettings {
  return repositorySettings({ id, fullName: `acme/r${id}`, hosts: ["shop.example.com"], ...extra });
}

/** Every id of the list, and any other where it is empty. */
export function listing(ids: readonly number[]): ReadonlyMap<number, RepositorySettings> {
  return new Map(ids.map((id) => [id, servedRepository(id)]));
}

export async function startStand(options: StandOptions = {}): Promise<Stand> {
  const [woken, lines, recorded]: [WakeUp[], string[], string[]] = [[], [], []];
  const port = await freePort();
  const known = new Set<string>();
  const recordDelivery = async ({ id }: { readonly id: string }): Promise<"new" | "known"> => {
    recorded.push(id);
    if (known.has(id)) return "known";
    known.add(id);
    return "new";
  };
  const reconciler: Reconciler = {
    wake: (wakeUp) => void woken.push(wakeUp),
    start: () => undefined,
    stop: options.stop ?? (async () => undefined),
    standing: () => STANDING,
  };
  const service = await startService({
    settings: {
      host: "127.0.0.1",
      port,
      webhookSecrets: [SECRET, OLD_SECRET],
      repositories: listing([1]),
      drivers: ["kubernetes", "url"],
      ...options.settings,
    },
    report: { recordDelivery: options.recordDelivery ?? recordDelivery },
    reconciler,
    bodyLimitMs: options.bodyLimitMs,
    stopLimitMs: options.stopLimitMs,
    log: createLog({ level: "info", secrets: [SECRET], write: (line) => void lines.push(line) }),
  });
  onTestFinished(() => service.stop());
  return { service, port, woken, lines, recorded };
}

export function signatureOf(body: string | Uint8Array, secret = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

let deliveries = 0;

export interface DeliverOptions {
  readonly event?: string;
  readonly id?: string;
  readonly secret?: string;
  /** Put in place of, or (null) taken away from, what GitHub sends. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** Delivers as GitHub does. */
export async function deliver(origin: string, payload: unknown, options: DeliverOptions = {}) {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  deliveries += 1;
  const headers: Record<string, string | null> = {
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/0000000",
    "x-github-delivery": options.id ?? `00000000-0000-4000-8000-${String(deliveries).padStart(12, "0")}`,
    "x-github-event": options.event ?? "pull_request",
    "x-hub-signature-256": signatureOf(body, options.secret),
    ...options.headers,
  };
  const sent = Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== null);
  const startedAt = performance.now();
  const answer = await fetch(`${origin}/webhook`, { method: "POST", headers: Object.fromEntries(sent), body });
  const tookMs = performance.now() - startedAt;
  // Every answer of the service is a JSON object.
  const said = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, type: answer.headers.get("content-type"), body: said, tookMs };
}
