/** That a refusal reaches whoever is still sending, over real sockets, and how long and how far its connection is read on. */
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { bodyReader } from "../../../infra/provisioner/http/body.ts";
import { lingerOnClose } from "../../../infra/provisioner/http/linger.ts";
import { problem } from "../../../infra/provisioner/http/problem.ts";
import { listenWith } from "../../../infra/provisioner/http/server.ts";

const CAP_BYTES = 100_000;
const PART = Buffer.alloc(0x10000, "x");

/** A service that refuses every body over its cap, as the webhook's does. */
async function startRefusing(): Promise<number> {
  const read = bodyReader(CAP_BYTES);
  const listener = await listenWith(
    async (request) => {
      const body = await read(request);
      return body.ok ? Response.json({}) : problem(body.reason, "Send less.", { connection: "close" });
    },
    { host: "127.0.0.1", port: 0 },
  );
  onTestFinished(() => listener.stop(0));
  return Number(new URL(listener.origin).port);
}

interface Sent {
  readonly answer: string;
  readonly error: string | null;
  readonly bytes: number;
}

/** Sends this many parts without looking at the answer, which it reads only when it is done if it `readsLate`. */
function send(port: number, { head, parts, readsLate = false }: Sending): Promise<Sent> {
  return new Promise((resolve) => {
    let [answer, error]: [string, string | null] = ["", null];
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: readsLate });
    const write = async () => {
      socket.write(head);
      for (let n = 0; n < parts && !socket.destroyed; n += 1) {
        socket.write(PART);
        await new Promise(setImmediate);
      }
      if (readsLate) socket.resume();
      socket.end();
    };
    socket.on("connect", () => void write());
    socket.on("data", (chunk) => (answer += chunk.toString()));
    if (readsLate) socket.pause();
    socket.on("error", ({ message }) => (error = message));
    socket.on("close", () => resolve({ answer, error, bytes: socket.bytesWritten }));
  });
}

interface Sending {
  readonly head: string;
  readonly parts: number;
  readonly readsLate?: boolean;
}

function headOf(bytes: number): string {
  return `POST /webhook HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${bytes}\r\n\r\n`;
}

/** Four times the cap. */
const PARTS = 6;
const WHOLE = headOf(PARTS * PART.length);

test("200 senders at once, whose bodies are refused under way, all get the refusal", async () => {
  const port = await startRefusing();
  const sent = await Promise.all(Array.from({ length: 200 }, () => send(port, { head: WHOLE, parts: PARTS })));
  expect(sent.filter(({ answer }) => !/^HTTP\/1\.1 413 [\s\S]*"body-too-large"\}$/.test(answer))).toEqual([]);
});

test("so does one that reads nothing before it has sent everything", async () => {
  const port = await startRefusing();
  const sent = await send(port, { head: WHOLE, parts: PARTS, readsLate: true });
  expect(sent).toMatchObject({ answer: expect.stringContaining("HTTP/1.1 413"), error: null });
  expect(sent.bytes).toBeGreaterThan(PARTS * PART.length);
});

test.each(["nothing of it", "its first part"])(
  "one that never stops, when %s was read, is read up to the limit and cut off after its time",
  async (read) => {
    const server = createServer((request, response) => {
      const answer = () => void response.writeHead(413, { connection: "close" }).end("too large");
      if (read === "nothing of it") answer();
      else request.once("data", answer);
    });
    lingerOnClose(server, { ms: 200, bytes: 4 * PART.length });
    const ended = new Promise<Socket>((resolve) =>
      server.on("connection", (socket) => void socket.once("close", () => resolve(socket))),
    );
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    // A server that listens on TCP has an address of this kind.
    const { port } = server.address() as AddressInfo;
    const startedAt = performance.now();
    // Far more than the buffers of both ends hold.
    const sent = send(port, { head: headOf(1_000 * PART.length), parts: 1_000, readsLate: true });
    const socket = await ended;
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(199);
    expect(socket.bytesRead).toBeLessThan(8 * PART.length);
    expect((await sent).error).not.toBeNull();
  },
);
