/** Taken ports are named before anything starts, with the option that moves them. */
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { takenPorts } from "../../infra/local/ports.ts";
import { freePort } from "../servers/free-port.ts";

async function occupied(host: string) {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe("a port counts as taken", () => {
  test.each(["127.0.0.1", "0.0.0.0", "::1"])("when something listens on %s", async (host) => {
    const other = await occupied(host);
    const words = await takenPorts([{ port: other.port, use: "the tee", flag: "--tee-port" }]);
    await other.close();
    expect(words).toEqual([expect.stringContaining(`Port ${other.port} (the tee) is taken`)]);
    expect(words[0]).toContain("--tee-port");
  });
});

test("free ports are not named, and are free afterwards", async () => {
  const port = await freePort();
  const wanted = [{ port, use: "the pages", flag: "--ui-port" }];
  expect(await takenPorts(wanted)).toEqual([]);
  expect(await takenPorts(wanted)).toEqual([]);
});
