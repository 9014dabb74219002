/** How much of a body is read, and what all of them together may take. */
import { expect, test } from "vitest";
import { bodyReader } from "../../../infra/provisioner/http/body.ts";

/** A body that comes in these parts; `pulled` says how many were taken. */
function sent(parts: readonly number[], headers: Record<string, string> = {}) {
  const progress = { pulled: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const size = parts[progress.pulled];
        progress.pulled += 1;
        if (size === undefined) controller.close();
        else controller.enqueue(new Uint8Array(size));
      },
      cancel: () => void (progress.cancelled = true),
    },
    { highWaterMark: 0 },
  );
  return { progress, request: new Request("http://x/", { method: "POST", body, headers, duplex: "half" }) };
}

test("a body up to the cap is read whole; one byte more is not", async () => {
  const read = bodyReader(10);
  expect(await read(sent([4, 6]).request)).toMatchObject({ ok: true, bytes: { length: 10 } });
  expect(await read(sent([4, 7]).request)).toEqual({ ok: false, reason: "body-too-large" });
});

test("an announced length over the cap is refused without reading a byte", async () => {
  const { request, progress } = sent([4], { "content-length": "11" });
  expect(await bodyReader(10)(request)).toEqual({ ok: false, reason: "body-too-large" });
  expect(progress.pulled).toBe(0);
});

test("a body that grows over the cap is let go of there", async () => {
  const { request, progress } = sent(Array.from({ length: 1_000 }, () => 4));
  expect(await bodyReader(10)(request)).toEqual({ ok: false, reason: "body-too-large" });
  expect(progress).toEqual({ pulled: 3, cancelled: true });
});

test("bodies together take no more than the room, and give it back", async () => {
  const read = bodyReader(10, 12);
  let finish = (): void => undefined;
  const waiting = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(8));
      finish = () => controller.close();
    },
  });
  const first = read(new Request("http://x/", { method: "POST", body: waiting, duplex: "half" }));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await read(sent([5]).request)).toEqual({ ok: false, reason: "busy" });
  expect(await read(sent([4]).request)).toMatchObject({ ok: true });
  finish();
  expect(await first).toMatchObject({ ok: true });
  expect(await read(sent([9]).request)).toMatchObject({ ok: true });
});

test("a body that breaks off is told so", async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("gone")) });
  const request = new Request("http://x/", { method: "POST", body: broken, duplex: "half" });
  expect(await bodyReader()(request)).toEqual({ ok: false, reason: "body-too-slow" });
});
