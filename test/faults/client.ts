/** A client that keeps everything of an answer that reaches it: status, raw headers in their order, raw bytes, and how it ended. */
import { randomUUID } from "node:crypto";
import { Agent, type IncomingMessage, request } from "node:http";
import type { Scenario } from "./scenarios.ts";

export interface Reply {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  /** The whole body, or the first frame after an upgrade. */
  readonly body: Buffer;
  /** The connection broke before the answer was whole. */
  readonly broke: boolean;
  /** When the body's first bytes came, after the request was sent, milliseconds. */
  readonly firstBytesMs: number;
}

/** An answer took longer than that although nothing in it is slow. */
const TIMEOUT_MS = 4_000;

const UPGRADE = {
  upgrade: "websocket",
  connection: "upgrade",
  "sec-websocket-version": "13",
  "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
};

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Sends a scenario's request; `instance` names the tee it meets. */
export async function send(
  port: number,
  scenario: Scenario,
  instance: string,
): Promise<{ reply: Reply; probe: string }> {
  const probe = randomUUID();
  const { method = "GET", path, host, headers = {}, body, upgrade = false } = scenario;
  const startedAt = performance.now();
  const reply = await new Promise<Reply>((resolve) => {
    const ours = { "x-instance": instance, "x-probe": probe, host, ...headers, ...(upgrade && UPGRADE) };
    const options = {
      host: "127.0.0.1",
      port,
      method,
      path,
      headers: ours,
      agent: upgrade ? false : agent,
      timeout: TIMEOUT_MS,
    };
    const outgoing = request(options, (incoming) => collect(incoming, startedAt, resolve));
    outgoing.on("upgrade", (incoming, socket, head) => {
      const done = (frame: Buffer): void => {
        socket.destroy();
        resolve({ status: 101, rawHeaders: incoming.rawHeaders, body: frame, broke: false, firstBytesMs: 0 });
      };
      if (head.length > 0) done(head);
      else socket.once("data", done);
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer in time")));
    outgoing.on("error", (error) =>
      resolve({ status: 0, rawHeaders: [error.message], body: Buffer.of(), broke: true, firstBytesMs: 0 }),
    );
    outgoing.end(body);
  });
  return { reply, probe };
}

function collect(incoming: IncomingMessage, startedAt: number, resolve: (reply: Reply) => void): void {
  const chunks: Buffer[] = [];
  let firstBytesMs = 0;
  const { statusCode: status = 0, rawHeaders } = incoming;
  const done = (broke: boolean) => () =>
    resolve({ status, rawHeaders, body: Buffer.concat(chunks), broke, firstBytesMs });
  incoming.on("data", (chunk: Buffer) => {
    if (chunks.length === 0) firstBytesMs = performance.now() - startedAt;
    chunks.push(chunk);
  });
  incoming.on("end", done(false));
  incoming.on("error", done(true));
}

export function closeClient(): void {
  agent.destroy();
}

/** What differs between two replies, in words; undefined where nothing does. */
export function differenceOf(got: Reply, wanted: Reply): string | undefined {
  if (got.status !== wanted.status)
    return `status ${got.status} instead of ${wanted.status} (${got.body.subarray(0, 60).toString()})`;
  if (got.broke !== wanted.broke) return got.broke ? "the connection broke" : "the connection did not break";
  if (!got.broke && got.rawHeaders.join("\n") !== wanted.rawHeaders.join("\n"))
    return `headers ${JSON.stringify(got.rawHeaders)} instead of ${JSON.stringify(wanted.rawHeaders)}`;
  return got.body.equals(wanted.body) ? undefined : `a body of ${got.body.length} B instead of ${wanted.body.length} B`;
}
