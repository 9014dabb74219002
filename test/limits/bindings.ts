/** The bindings of a Worker with the shim around them, by their kind. What is not watched is handed on unchanged. */
import { connect, connected, countQueries, measured } from "./invocation.ts";
import { watchBody } from "./streams.ts";
import { tap } from "./tap.ts";

export const BINDING_KINDS = ["queue", "d1", "r2", "objects", "service"] as const;
export type BindingKind = (typeof BINDING_KINDS)[number];

/** Bindings are the runtime's objects; here only their methods' names matter. */
type Binding = object & Record<string, (...args: readonly unknown[]) => unknown>;

const WATCHES: Readonly<Record<BindingKind, (binding: Binding) => object>> = {
  queue: watchedQueue,
  d1: watchedDatabase,
  r2: watchedBucket,
  objects: watchedObjects,
  service: watchedStub,
};

/** The environment with each binding of a known kind watched. */
export function watchedEnv<E extends object>(env: E, kinds: Readonly<Record<string, BindingKind>>): E {
  const watched = new Map<string, unknown>(Object.entries(env));
  for (const [name, kind] of Object.entries(kinds)) {
    const binding = watched.get(name);
    // Its kind comes from the Worker's configuration.
    if (typeof binding === "object" && binding !== null) watched.set(name, WATCHES[kind](binding as Binding));
  }
  // The same names with the same methods behind them.
  return Object.fromEntries(watched) as E;
}

/** The same object with some methods replaced; the others run on the real one. */
function withMethods(real: object, methods: Readonly<Record<string, (...args: never[]) => unknown>>): object {
  return new Proxy(real, {
    get(target, name) {
      const own = typeof name === "string" ? methods[name] : undefined;
      const value: unknown = own ?? Reflect.get(target, name, target);
      return own === undefined && typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function watchedQueue(queue: Binding): object {
  return withMethods(queue, {
    send: (body: unknown, options: unknown) => {
      measured("messageBytes", bytesOf(body));
      tap(body);
      return connected(async () => queue["send"]?.(body, options));
    },
    sendBatch: (messages: Iterable<{ readonly body: unknown }>, options: unknown) => {
      const all = [...messages];
      for (const { body } of all) {
        measured("messageBytes", bytesOf(body));
        tap(body);
      }
      return connected(async () => queue["sendBatch"]?.(all, options));
    },
  });
}

function bytesOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return new TextEncoder().encode(text).byteLength;
}

/** A statement's parameters against the limits of a statement and of a row. A list in JSON holds many rows, so only its length counts. */
export function watchParameters(parameters: readonly unknown[]): void {
  measured("boundParameters", parameters.length);
  const sizes = parameters.map(bytesOf);
  const holdsRows = parameters.some((one) => typeof one === "string" && /^\s*[[{]/.test(one));
  const bytes = holdsRows ? Math.max(0, ...sizes) : sizes.reduce((sum, size) => sum + size, 0);
  measured("rowBytes", bytes);
}

const realStatements = new WeakMap<object, Binding>();

function watchedDatabase(db: Binding): object {
  const query = (run: () => unknown, queries: number) => {
    countQueries(queries);
    return connected(async () => run());
  };
  const statement = (real: Binding): object => {
    const run = (name: string) => (options: unknown) => query(() => real[name]?.(options), 1);
    const watched = withMethods(real, {
      bind: (...parameters: readonly unknown[]) => {
        watchParameters(parameters);
        // What `bind` returns.
        return statement(real["bind"]?.(...parameters) as Binding);
      },
      ...Object.fromEntries(["all", "first", "raw", "run"].map((name) => [name, run(name)])),
    });
    realStatements.set(watched, real);
    return watched;
  };
  return withMethods(db, {
    // What `prepare` returns.
    prepare: (sql: string) => statement(db["prepare"]?.(sql) as Binding),
    batch: (statements: readonly object[]) =>
      query(() => db["batch"]?.(statements.map((one) => realStatements.get(one) ?? one)), statements.length),
    exec: (sql: string) => query(() => db["exec"]?.(sql), sql.split("\n").length),
  });
}

function watchedBucket(bucket: Binding): object {
  const call =
    (name: string) =>
    (...args: readonly unknown[]) =>
      connected(async () => bucket[name]?.(...args));
  const settling = ["put", "head", "delete", "list", "createMultipartUpload"];
  return withMethods(bucket, {
    ...Object.fromEntries(settling.map((name) => [name, call(name)])),
    get: async (...args: readonly unknown[]) => {
      const connection = connect();
      // What `get` returns.
      const stored = (await bucket["get"]?.(...args)) as (Binding & { readonly body?: ReadableStream }) | null;
      watchBody(stored?.body ?? null, connection);
      return stored === null ? null : watchedStored(stored, connection.end);
    },
  });
}

function watchedStored(stored: Binding, end: () => void): object {
  const read = (name: string) => async () => {
    try {
      return await stored[name]?.();
    } finally {
      end();
    }
  };
  const names = ["arrayBuffer", "blob", "bytes", "json", "text"];
  return withMethods(stored, Object.fromEntries(names.map((name) => [name, read(name)])));
}

function watchedObjects(namespace: Binding): object {
  // What both return is a stub.
  const stub =
    (name: string) =>
    (...args: readonly unknown[]) =>
      watchedStub(namespace[name]?.(...args) as Binding);
  return withMethods(namespace, { get: stub("get"), getByName: stub("getByName") });
}

/** A stub answers to any name with a call, so each function of it is one. */
function watchedStub(stub: Binding): object {
  return new Proxy(stub, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function" || name === "then" || typeof name === "symbol") return value;
      return name === "fetch"
        ? watchedFetch(value.bind(target))
        : (...args: readonly unknown[]) => connected(async () => Reflect.apply(value, target, args));
    },
  });
}

type Fetch = typeof fetch;

/** Global `fetch`, or a stub's. */
export function watchedFetch(real: Fetch): Fetch {
  return async (input, init) => {
    const connection = connect();
    try {
      const response = await real(input, init);
      watchBody(response.body, connection);
      return response;
    } catch (error) {
      connection.end();
      throw error;
    }
  };
}
