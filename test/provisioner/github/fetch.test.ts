/** What octokit calls with: an answer that grows without end is not held. */
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { createFetch } from "../../../infra/provisioner/github/fetch.ts";
import { listen } from "../../servers/http.ts";

async function answered(bytes: Buffer): Promise<Response> {
  const origin = await listen((_req, res) =>
    res.writeHead(200, { "content-encoding": "gzip", etag: '"1"' }).end(gzipSync(bytes)),
  );
  onTestFinished(() => origin.close());
  return createFetch(5_000)(`http://127.0.0.1:${origin.port}/repos`, { method: "GET" });
}

test("an answer is handed on unpacked", async () => {
  const answer = await answered(Buffer.from("[]"));
  expect([await answer.text(), answer.url.endsWith("/repos")]).toEqual(["[]", true]);
});

test("one that unpacks to more than 32 MB breaks off", async () => {
  await expect(answered(Buffer.alloc(33_000_000))).rejects.toThrow("32000000 bytes");
});
