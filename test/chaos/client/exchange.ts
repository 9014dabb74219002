/** One request of a client on a keep-alive connection, and everything that can be seen of its answer. */
import { createHash } from "node:crypto";
import { Agent, type IncomingMessage, request } from "node:http";

/** A client that waits this long has been let down. */
const CLIENT_PATIENCE_MS = 60_000;

export interface Item {
  /** Method, kind and size: what is compared over the runs of a cell. */
  readonly label: string;
  readonly method: "GET" | "HEAD" | "POST";
  readonly path: string;
  readonly body?: Buffer;
  /** Who asks; what sampling goes by. */
  readonly client: string;
}

export interface Seen {
  /** Status, reason, header lines as they came, and the body's hash: everything that must be the same. */
  readonly content: string;
  readonly headersMs: number;
  readonly totalMs: number;
}

export type Outcome = Seen | { readonly error: string; readonly totalMs: number };

export const CLIENT_HEADER = "x-client";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Never rejects: what went wrong is an outcome. `id` lets production count how often it is asked. */
export function exchange(
  { method, path, body, client }: Item,
  to: { port: number; host: string; id: string },
): Promise<Outcome> {
  const startedAt = performance.now();
  const passed = (): number => performance.now() - startedAt;
  return new Promise((resolve) => {
    const failed = (error: Error): void => resolve({ error: error.message, totalMs: passed() });
    const headers = {
      host: to.host,
      "accept-encoding": "gzip",
      "x-request": to.id,
      [CLIENT_HEADER]: client,
      ...(body !== undefined && { "content-length": body.byteLength, "content-type": "application/octet-stream" }),
    };
    const options = { host: "127.0.0.1", port: to.port, method, path, headers, agent, timeout: CLIENT_PATIENCE_MS };
    const outgoing = request(options, (incoming) => {
      const headersMs = passed();
      const hash = createHash("sha1");
      incoming.on("data", (chunk: Buffer) => hash.update(chunk)).on("error", failed);
      incoming.on("end", () => {
        if (!incoming.complete) return failed(new Error("the answer broke off"));
        resolve({ content: contentOf(incoming, hash.digest("hex")), headersMs, totalMs: passed() });
      });
    });
    outgoing.on("error", failed).on("timeout", () => outgoing.destroy(new Error("no answer in time")));
    outgoing.end(body);
  });
}

function contentOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage, hash: string): string {
  const lines: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return [`${statusCode} ${statusMessage}`, ...lines.toSorted(), hash].join("\n");
}

/** Connections that idle between cells would be closed under a request. */
export function closeConnections(): void {
  agent.destroy();
}
