/**
 * A consumer that only remembers what the tee put on the queue, and a way to look into the bucket (`GET /?key=`) and to call
 * the registry objects (`POST /<host>/<method>` with the arguments as a JSON list).
 */
import type { RegistryCalls } from "../../../../core/wire/sync.ts";

/** What of the runtime's types is used here: the tests are checked with Node's. */
interface Batch {
  readonly messages: readonly { readonly body: ArrayBuffer }[];
}

interface Bindings {
  readonly BODIES: { get(key: string): Promise<{ readonly body: ReadableStream } | null> };
  readonly REGISTRY: { getByName(host: string): RegistryCalls };
}

const remembered: unknown[] = [];

export default {
  async queue(batch: Batch): Promise<void> {
    for (const message of batch.messages) {
      // The tee sends bytes; anything else fails here and the test sees no message.
      remembered.push(await unpacked(new Blob([message.body]).stream()).json());
    }
  },
  async fetch(request: Request, env: Bindings): Promise<Response> {
    const key = new URL(request.url).searchParams.get("key");
    if (key !== null) return unpacked((await env.BODIES.get(key))?.body ?? null);
    if (request.method === "GET") return Response.json(remembered);
    const [, host = "", method = ""] = new URL(request.url).pathname.split("/");
    // A test names the method; a wrong name fails its call.
    const call = env.REGISTRY.getByName(host)[method as keyof RegistryCalls] as (
      ...args: unknown[]
    ) => Promise<unknown>;
    const args: unknown = await request.json();
    return Response.json((await call(...(Array.isArray(args) ? args : []))) ?? null);
  },
};

function unpacked(bytes: ReadableStream | null): Response {
  return bytes === null
    ? new Response(null, { status: 404 })
    : new Response(bytes.pipeThrough(new DecompressionStream("gzip")));
}
