/** Digests as text, against Node's own. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { workerModule } from "./worker-module.ts";

interface Module {
  readonly sha256Hex: (data: string | ArrayBuffer, bytes?: number) => Promise<string>;
}

const { sha256Hex } = await workerModule<Module>("sha256.ts");

test.each(["", "abc", "héllo 🐌"])("%j is hashed as UTF-8, in lower-case hex", async (text) => {
  const peer = createHash("sha256").update(text, "utf8").digest("hex");
  expect(await sha256Hex(text)).toBe(peer);
  expect(await sha256Hex(new TextEncoder().encode(text).buffer, 16)).toBe(peer.slice(0, 32));
});
