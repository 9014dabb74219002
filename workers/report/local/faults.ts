/**
 * The Worker's bindings as they are on a bad day: slow, and failing now and then, for the one request that asks for it. On this machine only, in
 * local mode; nothing is stored or answered otherwise than it would be.
 */
import { drawOf, FAULTS_HEADER, parseFaults, type StoreFaults } from "../../../core/wire/faults.ts";
import { isLocal } from "../auth/mode.ts";
import type { Env } from "../settings.ts";

/** Waits, or fails; called before each call of a store. */
type Before = () => Promise<void>;

/** Null where the request asks for none, or may not. */
export function faultsOf(request: Request, env: Env): StoreFaults | null {
  return isLocal(env.SHADOW_INFRA_MODE) ? parseFaults(request.headers.get(FAULTS_HEADER)) : null;
}

export function withFaults(env: Env, faults: StoreFaults | null): Env {
  if (faults === null) return env;
  let calls = 0;
  const failing =
    (waitMs: number, words: string): Before =>
    async () => {
      calls += 1;
      if (waitMs > 0) await scheduler.wait(waitMs);
      if (drawOf(faults.seed, calls) < faults.failRate) throw new Error(words);
    };
  const other = failing(0, "a fault was asked for");
  return {
    ...env,
    DB: faultyDatabase(env.DB, failing(faults.d1LatencyMs, "D1_ERROR: a fault was asked for")),
    // In the form of R2's own internal errors.
    BODIES: faulty(env.BODIES, failing(0, "get: a fault was asked for (10001)")),
    COMPARE: faulty(env.COMPARE, other),
    REGISTRY: eachOf(env.REGISTRY, new Set(["get", "getByName"]), (stub) => faulty(stub, other)),
  };
}

/** Its methods answer with promises, all of them. */
function faulty<T extends object>(store: T, before: Before): T {
  return new Proxy(store, {
    get: (of, name) => {
      const value: unknown = Reflect.get(of, name);
      if (typeof value !== "function") return value;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        await before();
        return Reflect.apply(value, of, args);
      };
    },
  });
}

/** What the methods in `makers` make is passed through `made`; the others are left as they are. */
function eachOf<T extends object>(store: T, makers: ReadonlySet<unknown>, made: (object: object) => object): T {
  return new Proxy(store, {
    get: (of, name) => {
      const value: unknown = Reflect.get(of, name);
      if (typeof value !== "function") return value;
      return (...args: readonly unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, of, args);
        return makers.has(name) && typeof result === "object" && result !== null ? made(result) : result;
      };
    },
  });
}

/** Statements wait as they are run, and a batch once for all of them. */
function faultyDatabase(db: D1Database, before: Before): D1Database {
  const originals = new WeakMap<object, D1PreparedStatement>();
  const wrapped = (statement: D1PreparedStatement): D1PreparedStatement => {
    const run = faulty(statement, before);
    const bind = (...values: readonly unknown[]): D1PreparedStatement => wrapped(statement.bind(...values));
    const proxy = new Proxy(statement, {
      get: (_, name): unknown => (name === "bind" ? bind : Reflect.get(run, name)),
    });
    originals.set(proxy, statement);
    return proxy;
  };
  return {
    prepare: (sql) => wrapped(db.prepare(sql)),
    batch: async (statements) => {
      await before();
      return db.batch(statements.map((statement) => originals.get(statement) ?? statement));
    },
    exec: async (sql) => {
      await before();
      return db.exec(sql);
    },
    withSession: (constraint) => db.withSession(constraint),
    dump: () => db.dump(),
  };
}
