/** Waiting for other services, as an init container does it. */
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../servers/free-port.ts";
import { listen } from "../servers/http.ts";
import { waitFor } from "../servers/wait-for.ts";
import { run } from "./running.ts";

test("ends once all accept connections, and says meanwhile what is missing", async () => {
  const there = await listen((_req, res) => res.end());
  onTestFinished(() => there.close());
  const latePort = await freePort();
  const waiting = run("wait.mjs", [`127.0.0.1:${there.port}`, `127.0.0.1:${latePort}`], {});
  await waitFor(async () => waiting.output().includes(`Waits for 127.0.0.1:${latePort}`) || undefined, "its words");
  expect(waiting.child.exitCode).toBeNull();
  const late = createServer().listen(latePort, "127.0.0.1");
  onTestFinished(() => void late.close());
  expect(await waiting.ended).toBe(0);
});

test("gives up at its limit, with the last reason", async () => {
  const port = await freePort();
  const waiting = run("wait.mjs", [`127.0.0.1:${port}`], { WAIT_LIMIT_MS: "300" });
  expect(await waiting.ended).toBe(1);
  expect(waiting.output()).toMatch(/accepted no connection .*ECONNREFUSED/);
});

test("says how it is used", async () => {
  const waiting = run("wait.mjs", ["db"], {});
  expect(await waiting.ended).toBe(2);
  expect(waiting.output()).toContain("host:port");
});
