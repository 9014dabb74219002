/**
 * The stage on which one tee after the other is tried, each as if it were a new isolate. `default` is what clients meet: the tee
 * that the header `x-instance` names, or nothing but production for `passthrough`. `control` is on another port.
 */
import { WorkerEntrypoint } from "cloudflare:workers";
import * as nodeCrypto from "node:crypto";
import * as nodeZlib from "node:zlib";
import { makeTee } from "tee-factory";

export { Registry } from "../../../durable-objects/registry/registry.ts";

const BUILTINS = { "node:crypto": nodeCrypto, "node:zlib": nodeZlib };
/** How long a warm tee's first sync may take. */
const WARM_MS = 1_000;
/** After that a tee syncs again; its table still counts. */
const NEXT_SYNC_MS = 5_100;

const tees = new Map();

/** A fault for the test alone, so that nobody takes it for one of the platform's. */
class Fault extends Error {}

function newTee({ id, kind }, env) {
  const counts = { netted: 0, synced: 0, report: null };
  const tee = { kind, armed: new Set(), always: false, later: 0, hit: new Set(), ...counts };
  const fault = (n) => {
    tee.hit.add(n);
    if (!tee.armed.has(n)) return;
    if (!tee.always) tee.armed.delete(n);
    throw new Fault(`fault at statement ${n}`);
  };
  // The tee's clock can be moved on, so that nobody waits for its next sync.
  class TeeDate extends Date {
    static now() {
      return Date.now() + tee.later;
    }
  }
  tee.handler = makeTee((name) => BUILTINS[name], fault, TeeDate);
  tee.env = envOf(tee, env);
  tees.set(id, tee);
  return tee;
}

function envOf(tee, env) {
  const registry = (host) => ({
    async sync(report) {
      if (tee.kind.registry === "throws") throw new Error("the registry is dead");
      const table = await env.REGISTRY.getByName(host).sync(report);
      tee.report = report;
      tee.synced += 1;
      return { ...table, targets: table.targets.map((target) => ({ ...target, ...tee.kind.routed })) };
    },
  });
  const accept = (what) => async () => {
    if (tee.kind.refuses?.includes(what)) throw new Error(`the ${what} refuses`);
  };
  return {
    SHADOW_INFRA_PROD_URL: tee.kind.origin ?? "",
    SHADOW_INFRA_REDACTION_KEY: tee.kind.secret ?? "a key for tests only",
    REGISTRY: { getByName: registry },
    PAIR_QUEUE: { send: accept("queue") },
    BODIES: { put: accept("bucket") },
    ...(tee.kind.outbox && { OUTBOX: { getByName: () => ({ put: accept("queue") }) } }),
  };
}

/** As the platform does it: what escapes after `passThroughOnException` sends the request to production, if its body is whole. */
async function throughTee(tee, request, ctx) {
  let netUnder = false;
  const watched = {
    waitUntil: (work) => ctx.waitUntil(work),
    passThroughOnException: () => (netUnder = true),
  };
  try {
    return await tee.handler.fetch(request, tee.env, watched);
  } catch (error) {
    if (!netUnder || request.bodyUsed) throw error;
    tee.netted += 1;
    return fetch(request);
  }
}

export default {
  async fetch(request, _env, ctx) {
    const tee = tees.get(request.headers.get("x-instance"));
    return tee === undefined ? fetch(request) : throughTee(tee, request, ctx);
  },
};

const CALLS = {
  /** Sets or renews what the registry of each host routes. */
  async lease({ targets }, env) {
    for (const [host, list] of Object.entries(targets))
      for (const target of list) await env.REGISTRY.getByName(host).lease(target);
  },
  async kill({ host }, env) {
    await env.REGISTRY.getByName(host).setKillSwitch(true);
  },
  /** A new tee with a fault before each statement of `faults`; `warm`: it has a table before they are armed, unless they stay. */
  async create({ id, kind, faults, always, warm }, env, ctx) {
    const tee = newTee({ id, kind }, env);
    if (always) Object.assign(tee, { armed: new Set(faults), always });
    if (warm) await warmed(tee, kind.host, ctx);
    tee.hit.clear();
    Object.assign(tee, { armed: new Set(faults), always });
  },
  outcome({ id }) {
    const { hit, netted } = tees.get(id);
    return { hit: [...hit], netted };
  },
  /** One more request, after which the tee's counters go up. */
  async late({ id }, _env, ctx) {
    const tee = tees.get(id);
    tee.later += NEXT_SYNC_MS;
    await warmed(tee, tee.kind.host, ctx, tee.synced + 1);
  },
  /** What the tee has counted, after its faults are gone. */
  async report({ id }, env, ctx) {
    const tee = tees.get(id);
    tee.armed.clear();
    await CALLS.late({ id }, env, ctx);
    return { report: tee.report };
  },
  remove({ id }) {
    tees.delete(id);
  },
};

async function warmed(tee, host, ctx, synced = 1) {
  const response = await throughTee(tee, new Request(`http://${host}/warm`), ctx).catch(() => undefined);
  await response?.text().catch(() => undefined);
  if (tee.kind.registry === "throws") return;
  for (const deadline = Date.now() + WARM_MS; tee.synced < synced && Date.now() < deadline; ) await scheduler.wait(1);
}

export class control extends WorkerEntrypoint {
  async fetch(request) {
    const { call, ...args } = await request.json();
    return Response.json((await CALLS[call](args, this.env, this.ctx)) ?? null);
  }
}
