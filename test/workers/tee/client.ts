/** A client that sees everything: raw headers in order, untouched bytes, and when the first of them came. */
import { type IncomingMessage, request } from "node:http";

export interface Reply {
  readonly status: number;
  readonly reason: string;
  /** Name, value, name, value, as they came. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  readonly headersMs: number;
  readonly totalMs: number;
}

export interface Sent {
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** Sends to `url` with another Host, as a route in front of the tee would. No redirects, no decoding. */
export function send(url: URL | string, { host, path, method = "GET", headers = {}, body }: Sent): Promise<Reply> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, url), { method, headers: { ...headers, host } }, (incoming) => {
      const headersMs = performance.now() - startedAt;
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () =>
        resolve({
          status: incoming.statusCode ?? 0,
          reason: incoming.statusMessage ?? "",
          rawHeaders: incoming.rawHeaders,
          headers: incoming.headers,
          body: Buffer.concat(chunks),
          headersMs,
          totalMs: performance.now() - startedAt,
        }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
