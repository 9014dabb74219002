/**
 * Puts the limits shim around a Worker's real exports: handlers, `env`, `ctx`, global `fetch`, and Durable Objects with their
 * storage. The Worker's code runs unchanged inside.
 */
import { type BindingKind, watchedEnv, watchedFetch, watchParameters } from "./bindings.ts";
import { asInvocation, watchBackground, watchedSoFar } from "./invocation.ts";
import { LIMITS_HOST } from "./limits.ts";
import { watchStreams } from "./streams.ts";
import { takeTapped } from "./tap.ts";

export interface Watching {
  /** `tee`, `compare` or `report`. */
  readonly worker: string;
  readonly bindings: Readonly<Record<string, BindingKind>>;
}

interface Context {
  waitUntil(work: Promise<unknown>): void;
}

type Handler = (event: unknown, env: object, ctx: Context) => unknown;

watchStreams();
globalThis.fetch = watchedFetch(globalThis.fetch.bind(globalThis));

/** The default export of a Worker, watched; it also answers what it has seen. */
export function watchedWorker(real: Readonly<Record<string, Handler>>, { worker, bindings }: Watching): object {
  const watch = (name: string, handler: Handler): Handler => {
    return (event, env, ctx) => {
      if (event instanceof Request && new URL(event.url).hostname === LIMITS_HOST) return answerOf(new URL(event.url));
      const run = () => handler.call(real, event, watchedEnv(env, bindings), watchedContext(ctx));
      return asInvocation(worker, eventName(name, event), run);
    };
  };
  const names = ["fetch", "queue", "scheduled"];
  const handlers = names.flatMap((name) => {
    const handler = real[name];
    return handler === undefined ? [] : [[name, watch(name, handler)] as const];
  });
  return Object.fromEntries(handlers);
}

/** Of the shim itself: what it has seen, the messages it has kept, or a line in the log. */
function answerOf({ pathname, searchParams }: URL): Response {
  if (pathname === "/messages") return Response.json(takeTapped());
  if (pathname === "/say") console.log(searchParams.get("text"));
  return Response.json(watchedSoFar());
}

function eventName(name: string, event: unknown): string {
  return event instanceof Request ? `${event.method} ${new URL(event.url).pathname}` : name;
}

function watchedContext(ctx: Context): Context {
  return new Proxy(ctx, {
    get(target, name) {
      if (name === "waitUntil")
        return (work: Promise<unknown>) => {
          watchBackground(Promise.resolve(work));
          target.waitUntil(work);
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

interface ObjectState {
  readonly storage: { readonly sql: { exec(query: string, ...parameters: readonly unknown[]): unknown } };
}

type ObjectClass = new (ctx: ObjectState, env: object) => object;

/** A Durable Object's class, watched: each of its methods is an invocation, each statement of its storage is measured. */
export function watchedObject(real: ObjectClass, { worker, bindings }: Watching): ObjectClass {
  class Watched extends real {
    constructor(ctx: ObjectState, env: object) {
      watchSql(ctx.storage.sql);
      super(ctx, watchedEnv(env, bindings));
    }
  }
  for (const name of Object.getOwnPropertyNames(real.prototype)) {
    const method: unknown = Object.getOwnPropertyDescriptor(real.prototype, name)?.value;
    if (name === "constructor" || typeof method !== "function") continue;
    Object.defineProperty(Watched.prototype, name, {
      configurable: true,
      writable: true,
      value(this: object, ...args: readonly unknown[]): unknown {
        return asInvocation(worker, `${real.name}.${name}`, () => Reflect.apply(method, this, args));
      },
    });
  }
  return Watched;
}

const watchedSql = new WeakSet<object>();

/** By way of the prototype, once: the storage itself must stay the runtime's. */
function watchSql(sql: ObjectState["storage"]["sql"]): void {
  const prototype: unknown = Object.getPrototypeOf(sql);
  if (typeof prototype !== "object" || prototype === null || watchedSql.has(prototype)) return;
  watchedSql.add(prototype);
  const { exec } = sql;
  Object.defineProperty(prototype, "exec", {
    configurable: true,
    writable: true,
    value(this: object, query: string, ...parameters: readonly unknown[]): unknown {
      watchParameters(parameters);
      return Reflect.apply(exec, this, [query, ...parameters]);
    },
  });
}
