/**
 * The wires from the tee's process to what is behind it, each of which can be cut: registry, queue, bucket and the model. They speak
 * what the runtime's bindings speak (https://github.com/cloudflare/workerd, src/workerd/api: queue.c++ and r2-rpc.c++).
 */
import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { freePort } from "../../servers/free-port.ts";
import { answer as modelAnswer } from "../../standins/messages-api.ts";
import type { Far } from "./far.ts";
import { type Answer, type Faulty, startFaulty } from "./faulty.ts";

export interface Wires {
  readonly registry: Faulty;
  readonly queue: Faulty;
  readonly bucket: Faulty;
  readonly model: Faulty;
  /** Whether the tee has had a table of that host. */
  hasTable(host: string): boolean;
  close(): Promise<void>;
}

/** Valid JSON that is no routing table, or one of nonsense. */
const TABLES: readonly unknown[] = [
  null,
  [],
  "table",
  {},
  { stampedAt: "now", killSwitch: 0, targets: "none" },
  { stampedAt: Number.MAX_SAFE_INTEGER, killSwitch: false, targets: [null, 7, {}] },
  { stampedAt: 1e15, killSwitch: false, targets: [{ deploymentId: 5, rate: "all", probability: "1", methods: null }] },
];

/** `behind` comes late: the model has to be there before everything behind the tee is. */
export async function startWires(behind: Promise<Far>): Promise<Wires> {
  const wire = async (whole: (request: IncomingMessage) => Promise<Answer>, nonsense: readonly unknown[] = []) =>
    startFaulty({ port: await freePort(), answer: whole, nonsense: nonsense.map((value) => json(value)) });
  const hosts = new Set<string>();
  const registry = await wire(async (request) => {
    const [, host = "", method = ""] = (request.url ?? "").split("/");
    const args = (await buffer(request)).toString();
    const answer = await (await behind).registry(host, method, args);
    hosts.add(host);
    return bytes(answer);
  }, TABLES);
  const queue = await wire(async (request) => {
    await (await behind).queue(await buffer(request));
    return json({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0, oldestMessageTimestamp: 0 } } });
  });
  const bucket = await wire(async (request) => intoBucket(request, await behind));
  const model = await wire(async (request) => {
    await buffer(request);
    const { status, body } = modelAnswer({ verdict: "Warning", reasoning: "A value changed." });
    return { status, headers: { "content-type": "application/json" }, body: Buffer.from(body) };
  });
  const all = [registry, queue, bucket, model];
  return {
    registry,
    queue,
    bucket,
    model,
    hasTable: (host) => hosts.has(host),
    close: async () => void (await Promise.all(all.map((one) => one.close()))),
  };
}

/** A put: the metadata's JSON, its length in a header, then the value. Answered by the object's metadata in the same form. */
async function intoBucket(request: IncomingMessage, far: Far): Promise<Answer> {
  const size = Number(request.headers["cf-r2-metadata-size"]);
  const whole = await buffer(request);
  // The runtime wrote it in this shape.
  const { object } = JSON.parse(whole.subarray(0, size).toString()) as { readonly object: string };
  const value = whole.subarray(size);
  await far.store(object, value);
  const etag = "0".repeat(32);
  const head = {
    name: object,
    version: "1",
    size: String(value.byteLength),
    etag,
    uploaded: "0",
    httpFields: {},
    customFields: [],
    checksums: {},
  };
  const body = Buffer.from(JSON.stringify(head));
  return { status: 200, headers: { "cf-r2-metadata-size": body.byteLength, "content-length": body.byteLength }, body };
}

function json(value: unknown): Answer {
  return bytes(Buffer.from(JSON.stringify(value)));
}

function bytes(body: Buffer): Answer {
  return { status: 200, headers: { "content-type": "application/json", "content-length": body.byteLength }, body };
}
