/** A server's pool of connections. */
import { Agent as HttpsAgent } from "node:https";
import { afterAll, expect, it } from "vitest";
import { peerAt } from "../../../cli/http/peer.ts";
import { send } from "../../../cli/http/send.ts";
import { listen } from "../../servers/http.ts";

const server = await listen((request, response) => {
  request.resume();
  response.end("here");
});
afterAll(() => server.close());

it("opens no more connections than it may, and keeps them", async () => {
  let opened = 0;
  server.server.on("connection", () => (opened += 1));
  const peer = peerAt(new URL(server.url), 2);
  const outgoing = { method: "GET", path: "/", headers: {}, body: null, repeatable: true };
  const limits = { timeoutMs: 10_000, signal: new AbortController().signal };
  const read = async (answer: AsyncIterable<unknown>) => {
    for await (const _ of answer);
    return true;
  };
  const all = await Promise.all(Array.from({ length: 9 }, () => send(peer, outgoing, { ...limits, read })));
  peer.agent.destroy();
  expect(all.map(({ failed }) => failed)).toEqual(Array.from({ length: 9 }, () => null));
  expect(opened).toBe(2);
});

it("speaks TLS where the address does", () => {
  const { agent } = peerAt(new URL("https://shop.example.com"), 1);
  expect(agent).toBeInstanceOf(HttpsAgent);
  agent.destroy();
});
