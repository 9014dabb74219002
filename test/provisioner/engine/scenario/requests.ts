/**
 * The apps' own logs of the requests they got, followed from the moment a container is there until its last line: what was mirrored,
 * to which stack, and when. Read at the engine itself, past the wire that tests cut.
 */
import { request } from "node:http";
import { SERVICE, STACK } from "../../../../infra/provisioner/drivers/docker/labels.ts";
import { engineCall, engineSocket } from "../../scenario/engine.ts";
import { type RequestLog, requestIn, type Seen } from "../../scenario/request-log.ts";

const LOOK_MS = 300;
/** Of a frame of the engine's log: which output, and how long it is. */
const FRAME_HEAD_BYTES = 8;

/** Follows the service `web` of every stack that `isOurs`. */
export function followRequests(isOurs: (stack: string) => boolean): RequestLog {
  const followed = new Map<string, () => void>();
  const seen: Seen[] = [];
  const over = new AbortController();

  async function look(): Promise<void> {
    const filters = JSON.stringify({ label: [`${SERVICE}=web`] });
    // The engine's own form.
    const containers = JSON.parse(
      await engineCall("GET", `/containers/json?${new URLSearchParams({ filters }).toString()}`),
    ) as {
      readonly Id: string;
      readonly Labels: Readonly<Record<string, string>>;
    }[];
    for (const { Id, Labels } of containers) {
      const stack = Labels[STACK] ?? "";
      if (!isOurs(stack) || followed.has(Id)) continue;
      const take = (line: string) => {
        const one = requestIn(line);
        // The driver asks for "/" to see whether the stack answers.
        if (one !== null && one.path !== "/") seen.push({ stack, ...one });
      };
      followed.set(Id, follow(Id, take));
    }
  }

  const looking = (async () => {
    while (!over.signal.aborted) {
      // An engine that is busy is asked again.
      await look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  })();

  return {
    seen,
    of: (stack) => seen.filter((one) => one.stack === stack),
    close: async () => {
      over.abort();
      await looking;
      for (const stop of followed.values()) stop();
    },
  };
}

/** Line by line until the container is gone; the answer stops it. */
function follow(id: string, take: (line: string) => void): () => void {
  let [frames, rest] = [Buffer.alloc(0), ""];
  const path = `/containers/${id}/logs?follow=1&stdout=1`;
  const asked = request({ socketPath: engineSocket() ?? "", path }, (answer) => {
    answer.on("error", () => undefined);
    answer.on("data", (chunk: Buffer) => {
      frames = Buffer.concat([frames, chunk]);
      while (frames.length >= FRAME_HEAD_BYTES && frames.length >= FRAME_HEAD_BYTES + frames.readUInt32BE(4)) {
        const end = FRAME_HEAD_BYTES + frames.readUInt32BE(4);
        const lines = `${rest}${frames.toString("utf8", FRAME_HEAD_BYTES, end)}`.split("\n");
        rest = lines.pop() ?? "";
        frames = frames.subarray(end);
        for (const line of lines) take(line);
      }
    });
  });
  asked.on("error", () => undefined);
  asked.end();
  return () => asked.destroy();
}
