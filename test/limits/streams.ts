/**
 * Watches where bodies go: a fetch's connection is open until its body is read to the end, cancelled, or failed. By way of
 * the prototypes, because a body that were wrapped would no longer be the runtime's own, and travel in another way.
 * A body that the runtime reads by itself (an answer that is passed on whole) counts as open until the invocation ends.
 */
import type { Connection } from "./invocation.ts";

interface Watch {
  /** The body was read to its end, or failed. */
  ended(): void;
  /** This reader wants no more of it. */
  cancelled(): void;
}

const streams = new WeakMap<object, Watch>();
const readers = new WeakMap<object, Watch>();

/** Ends the connection with the body. */
export function watchBody(body: ReadableStream | null, connection: Connection): void {
  const end = (): void => connection.end();
  if (body === null) end();
  else streams.set(body, { ended: end, cancelled: end });
}

// Methods of foreign prototypes are replaced by name, so they are handled without their types here.
type Method = (this: object, ...args: unknown[]) => unknown;
type Prototype = Record<string, Method>;

function around(
  owner: { readonly prototype: object } | undefined,
  name: string,
  watch: (real: Method) => Method,
): void {
  const prototype = owner?.prototype as Prototype | undefined;
  const real = prototype?.[name];
  if (prototype !== undefined && real !== undefined) prototype[name] = watch(real);
}

function whenSettled(result: unknown, watch: Watch | undefined, how: keyof Watch): unknown {
  if (watch !== undefined && result instanceof Promise) {
    const settled = () => watch[how]();
    result.then(settled, settled);
  }
  return result;
}

/** Both branches of a split body together hold its connection: the first that reaches the end has read it all. */
function branches(watch: Watch): Watch {
  let cancelled = 0;
  return {
    ended: watch.ended,
    cancelled: () => {
      cancelled += 1;
      if (cancelled === 2) watch.cancelled();
    },
  };
}

/** Once per isolate. */
export function watchStreams(): void {
  watchStreamMethods();
  watchReaders();
  for (const name of ["arrayBuffer", "blob", "bytes", "formData", "json", "text"])
    around(
      Response,
      name,
      (real) =>
        function (this: object, ...args) {
          // Only called on responses.
          const { body } = this as Response;
          return whenSettled(real.apply(this, args), body === null ? undefined : streams.get(body), "ended");
        },
    );
}

function watchStreamMethods(): void {
  around(
    ReadableStream,
    "getReader",
    (real) =>
      function (this: object, ...args) {
        // What the real method returns.
        const reader = real.apply(this, args) as object;
        const watch = streams.get(this);
        if (watch !== undefined) readers.set(reader, watch);
        return reader;
      },
  );
  around(
    ReadableStream,
    "tee",
    (real) =>
      function (this: object, ...args) {
        // What the real method returns.
        const both = real.apply(this, args) as readonly object[];
        const watch = streams.get(this);
        const shared = watch === undefined ? undefined : branches(watch);
        for (const branch of both) if (shared !== undefined) streams.set(branch, shared);
        return both;
      },
  );
  around(
    ReadableStream,
    "cancel",
    (real) =>
      function (this: object, ...args) {
        return whenSettled(real.apply(this, args), streams.get(this), "cancelled");
      },
  );
  around(
    ReadableStream,
    "pipeTo",
    (real) =>
      function (this: object, ...args) {
        return whenSettled(real.apply(this, args), streams.get(this), "ended");
      },
  );
  around(
    ReadableStream,
    "pipeThrough",
    (real) =>
      function (this: object, ...args) {
        // What the real method returns.
        const piped = real.apply(this, args) as object;
        const watch = streams.get(this);
        if (watch !== undefined) streams.set(piped, watch);
        return piped;
      },
  );
}

function watchReaders(): void {
  for (const reader of [ReadableStreamDefaultReader, ReadableStreamBYOBReader]) {
    around(
      reader,
      "cancel",
      (real) =>
        function (this: object, ...args) {
          return whenSettled(real.apply(this, args), readers.get(this), "cancelled");
        },
    );
    for (const name of ["read", "readAtLeast"]) around(reader, name, watchRead);
  }
}

function watchRead(real: Method): Method {
  return function (this: object, ...args) {
    const result = real.apply(this, args);
    const watch = readers.get(this);
    if (watch !== undefined && result instanceof Promise)
      result.then((read: { readonly done: boolean }) => read.done && watch.ended(), watch.ended);
    return result;
  };
}
