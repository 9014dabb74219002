/** Production's answer in two: the one for the client, streamed, and a copy that is read up to the cap. */
import { type Side, see, type Timing } from "../capture/answer.ts";
import type { Holding } from "../capture/memory.ts";

/** A body that is still coming after that is compared up to there. The client's stream goes on. */
const MAX_COPY_MS = 10_000;

export interface Copied {
  readonly forClient: Response;
  readonly observed: Promise<Side>;
}

export function copied(response: Response, timing: Timing, holding: Holding): Copied {
  const limits = { maxMs: MAX_COPY_MS, holding };
  if (response.body === null) return { forClient: response, observed: see(response, timing, limits) };
  const [toClient, copy] = response.body.tee();
  const arrived = { status: response.status, headers: response.headers, body: copy };
  return { forClient: new Response(toClient, response), observed: see(arrived, timing, limits) };
}
