/** Traffic of the launcher's own: all of it arrives, never too much at a time, and what was not answered is counted. */
import type { RequestListener } from "node:http";
import { afterEach, expect, test } from "vitest";
import type { ExampleRequest } from "../../infra/local/examples/example.ts";
import { sendTraffic, warmUp } from "../../infra/local/traffic.ts";
import { type Listening, listen } from "../servers/http.ts";

let server: Listening | undefined;
afterEach(() => server?.close());

async function trafficTo(handler: RequestListener, requests: readonly ExampleRequest[]) {
  server = await listen(handler);
  const progressed: number[] = [];
  const controller = new AbortController();
  const progress = (sent: number): void => void progressed.push(sent);
  return { traffic: { origin: server.url, requests, signal: controller.signal, progress }, progressed, controller };
}

const gets = (count: number): readonly ExampleRequest[] =>
  Array.from({ length: count }, (_, i) => ({ method: "GET", path: `/${i}` }));

test("requests arrive with their method, path, query and headers, and progress is told after each", async () => {
  const came: string[] = [];
  const { traffic, progressed } = await trafficTo(
    ({ method, url, headers }, answer) => {
      came.push(`${method} ${url} ${headers["accept-language"]}`);
      answer.end("{}");
    },
    [
      { method: "GET", path: "/a?b=1&c=%20", headers: { "accept-language": "de" } },
      { method: "HEAD", path: "/a" },
      { method: "POST", path: "/b" },
    ],
  );
  expect(await sendTraffic(traffic)).toEqual({ sent: 3, unanswered: 0 });
  expect(came.toSorted()).toEqual(["GET /a?b=1&c=%20 de", "HEAD /a *", "POST /b *"]);
  expect(progressed).toEqual([1, 2, 3]);
});

test("at most six wait for their answer at a time, and all are answered in the end", async () => {
  let waiting: (() => void)[] = [];
  let most = 0;
  const { traffic } = await trafficTo((_, answer) => {
    waiting.push(() => void answer.end());
    most = Math.max(most, waiting.length);
    // Six are there, however long that took; a seventh would come at once.
    if (waiting.length === 6)
      setTimeout(() => {
        for (const end of waiting) end();
        waiting = [];
      }, 100);
  }, gets(18));
  expect(await sendTraffic(traffic)).toEqual({ sent: 18, unanswered: 0 });
  expect(most).toBe(6);
});

test("an error status and a redirect are answers; a cut connection is none", async () => {
  const came: (string | undefined)[] = [];
  const { traffic } = await trafficTo((request, answer) => {
    came.push(request.url);
    if (request.url === "/0") answer.writeHead(500).end("broken");
    else if (request.url === "/1") answer.writeHead(302, { location: "/elsewhere" }).end();
    else answer.writeHead(200, { "content-length": "9" }).write("half", () => request.socket.destroy());
  }, gets(3));
  expect(await sendTraffic(traffic)).toEqual({ sent: 3, unanswered: 1 });
  expect(came).not.toContain("/elsewhere");
});

test("an interrupt ends it, also while an answer hangs", async () => {
  const { traffic, controller } = await trafficTo(() => undefined, gets(50));
  const sending = sendTraffic(traffic);
  setTimeout(() => controller.abort(), 100);
  await expect(sending).rejects.toThrow(/abort/i);
});

test("the first request goes ahead alone", async () => {
  const came: (string | undefined)[] = [];
  const { traffic } = await trafficTo((request, answer) => {
    came.push(request.url);
    answer.end();
  }, gets(3));
  expect(await warmUp(traffic)).toEqual({ sent: 1, unanswered: 0 });
  expect(came).toEqual(["/0"]);
  expect(await warmUp({ ...traffic, requests: [] })).toEqual({ sent: 0, unanswered: 0 });
  await server?.close();
  expect(await warmUp(traffic)).toEqual({ sent: 1, unanswered: 1 });
});
