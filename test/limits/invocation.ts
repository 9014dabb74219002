/**
 * One invocation of a Worker as the platform would count it, and the memory of everything that was too much. It lives in the
 * Worker's isolate and is read by a request of the test's, so nothing can be lost on the way.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { limitOf, type Measure, notedFrom, type Violation, type Watched } from "./limits.ts";

/** More of the same say nothing new. */
const MAX_REMEMBERED = 100;

export interface Invocation {
  readonly worker: string;
  readonly event: string;
  open: number;
  subrequests: number;
  d1Queries: number;
  /** Unix milliseconds at which the handler was done; 0 before. */
  doneAt: number;
}

/** A connection that counts until it ends; ending it twice does no harm. */
export interface Connection {
  end(): void;
}

const current = new AsyncLocalStorage<Invocation>();
const pending = new Set<Invocation>();
const violations: Violation[] = [];
const notes: Violation[] = [];
const peaks: Partial<Record<Measure, number>> = {};
let invocations = 0;

/** Runs a handler as an invocation of its own. */
export function asInvocation<T>(worker: string, event: string, run: () => T): T {
  invocations += 1;
  const invocation = { worker, event, open: 0, subrequests: 0, d1Queries: 0, doneAt: 0 };
  const done = () => {
    invocation.doneAt = Date.now();
  };
  return current.run(invocation, () => {
    const result = run();
    // oxlint-disable-next-line promise/no-callback-in-promise -- nobody calls back: the time is noted, whatever the outcome
    if (result instanceof Promise) result.then(done, done);
    else done();
    return result;
  });
}

/** Compares a value with its limit and remembers it. */
export function measured(measure: Measure, value: number, { worker, event } = current.getStore() ?? OUTSIDE): void {
  peaks[measure] = Math.max(peaks[measure] ?? 0, value);
  const limit = limitOf(worker, measure);
  const noted = notedFrom(measure);
  if (value > limit) remember(violations, { worker, event, measure, value, limit });
  else if (value > noted) remember(notes, { worker, event, measure, value, limit: noted });
}

/** What runs outside of any invocation, such as the constructor of a Durable Object. */
const OUTSIDE = { worker: "none", event: "start" };

function remember(list: Violation[], violation: Violation): void {
  if (list.length < MAX_REMEMBERED) list.push(violation);
}

/** A subrequest begins: one more of the invocation's, and one more open connection until it ends. */
export function connect(): Connection {
  const invocation = current.getStore();
  if (invocation === undefined) return { end: () => undefined };
  invocation.subrequests += 1;
  measured("subrequests", invocation.subrequests, invocation);
  invocation.open += 1;
  measured("openConnections", invocation.open, invocation);
  let ended = false;
  return {
    end: () => {
      if (!ended) invocation.open -= 1;
      ended = true;
    },
  };
}

/** A call that is over when its promise settles. */
export async function connected<T>(call: () => Promise<T>): Promise<T> {
  const connection = connect();
  try {
    return await call();
  } finally {
    connection.end();
  }
}

export function countQueries(queries: number): void {
  const invocation = current.getStore();
  if (invocation === undefined) return;
  invocation.d1Queries += queries;
  measured("d1Queries", invocation.d1Queries, invocation);
}

/** Background work of the current invocation: how long it goes on after the handler was done. */
export function watchBackground(work: Promise<unknown>): void {
  const invocation = current.getStore();
  if (invocation === undefined) return;
  const watched = { ...invocation };
  const age = () => (invocation.doneAt === 0 ? 0 : Date.now() - invocation.doneAt);
  Object.defineProperty(watched, "doneAt", { get: () => invocation.doneAt });
  pending.add(watched);
  const settled = () => {
    pending.delete(watched);
    measured("waitUntilMs", age(), invocation);
  };
  work.then(settled, settled);
}

/** Everything so far; work that still runs counts with its present age. */
export function watchedSoFar(): Watched {
  for (const one of pending) if (one.doneAt !== 0) measured("waitUntilMs", Date.now() - one.doneAt, one);
  return { invocations, violations, notes, peaks };
}
