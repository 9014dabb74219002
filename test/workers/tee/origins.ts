/** A production and a shadow for the tee's tests: real servers whose paths are named after what they do. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Listening, listen } from "../../servers/http.ts";

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export interface Origin extends Listening {
  /** Everything that has arrived completely, in order. */
  readonly received: readonly Received[];
}

type Answer = (request: Received, response: ServerResponse) => void;

export function json(response: ServerResponse, value: unknown): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(value));
}

const PROD: Readonly<Record<string, Answer>> = {
  "/slow-body": (_, response) => {
    response.setHeader("content-type", "text/plain");
    response.write("first ");
    setTimeout(() => response.end("last"), 300);
  },
  "/events": (_, response) => {
    response.setHeader("content-type", "text/event-stream");
    response.write("data: 1\n\n");
    setTimeout(() => response.end("data: 2\n\n"), 300);
  },
  "/cookies": (_, response) => {
    response.setHeader("set-cookie", ["a=1; HttpOnly; Path=/", "b=2; Secure", "a=3"]);
    json(response, { ok: true });
  },
  "/moved": (_, response) => void response.writeHead(302, { location: "/elsewhere?x=1" }).end(),
  "/nothing": (_, response) => void response.writeHead(204).end(),
  "/unchanged": (_, response) => void response.writeHead(304, { etag: '"1"' }).end(),
  "/part": (_, response) => void response.writeHead(206, { "content-range": "bytes 0-1/4" }).end("ab"),
  "/large": (_, response) => {
    response.setHeader("content-type", "text/plain");
    response.end(noise(600_000));
  },
  "/secrets": (_, response) => {
    response.setHeader("set-cookie", "session=cookie-value-1; HttpOnly");
    response.setHeader("location", "/next?access_token=location-value-1");
    json(response, { user: { password: "body-value-1", name: "open" }, list: [{ apiKey: "body-value-2" }] });
  },
};

const SHADOW: Readonly<Record<string, Answer>> = {
  "/hang": () => undefined,
  "/upload": () => undefined,
  "/large": PROD["/large"] ?? (() => undefined),
  "/secrets": (_, response) => {
    response.setHeader("set-cookie", "session=cookie-value-1; HttpOnly");
    response.setHeader("location", "/next?access_token=location-value-1");
    json(response, { user: { password: "body-value-1", name: "other" }, list: [{ apiKey: "body-value-2" }] });
  },
};

/** Text that gzip cannot make small and that looks like no secret, the same every time. */
function noise(length: number): string {
  let state = 1;
  let text = "";
  while (text.length < length) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    text += `${(state >> 8) % 100_000} `;
  }
  return text.slice(0, length);
}

export const startProd = () => startOrigin("prod", PROD);
export const startShadow = () => startOrigin("shadow", SHADOW);

async function startOrigin(side: string, answers: Readonly<Record<string, Answer>>): Promise<Origin> {
  const received: Received[] = [];
  const server = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const whole = { method, url, headers, body: Buffer.concat(chunks) };
      received.push(whole);
      const answer = answers[url.split("?")[0] ?? ""] ?? ((_: Received, to: ServerResponse) => json(to, { side }));
      answer(whole, response);
    });
  });
  return { ...server, received };
}
