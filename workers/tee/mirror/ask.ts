/** Sends a mirrored request to one place and captures the answer. The time limit comes from outside: all sides share one. */
import { type Side, see } from "../capture/answer.ts";
import { failureReason } from "../capture/failure.ts";
import type { Holding } from "../capture/memory.ts";
import type { HeaderPair } from "./headers.ts";
import { MARKER_HEADER } from "./marker.ts";
import type { Place } from "./place.ts";
import type { MirroredRequest } from "./request.ts";

/** Headers and body together. The same for shadow, base and control. */
export const ASK_TIMEOUT_MS = 5_000;

export interface AskLimits {
  readonly signal: AbortSignal;
  readonly holding: Holding;
}

/** Never throws: no answer is an outcome too. Redirects are answers to compare, not to follow; caches are passed by. */
export async function ask(mirrored: MirroredRequest, place: Place, { signal, holding }: AskLimits): Promise<Side> {
  const startedAt = Date.now();
  try {
    const response = await fetch(place.origin + mirrored.path, {
      method: mirrored.method,
      headers: headersFor(mirrored, place),
      body: mirrored.body,
      redirect: "manual",
      cache: "no-store",
      signal,
    });
    // The signal ends the body as well.
    return await see(response, { startedAt, headersAt: Date.now() }, { holding });
  } catch (error) {
    return { failed: failureReason(error), latencyMs: Date.now() - startedAt };
  }
}

/** Told to the gateway, which takes it off: the request's own host is the shadow's. */
const HOST_HEADER = "x-shadow-infra-host";

function headersFor({ headers }: MirroredRequest, { marker, serviceHeaders, host }: Place): string[][] {
  const own = serviceHeaders.length === 0 ? headers : headers.filter(([name]) => !isNamed(serviceHeaders, name));
  const named: readonly HeaderPair[] = host === null ? [] : [[HOST_HEADER, host]];
  return [...own, ...serviceHeaders, ...named, [MARKER_HEADER, marker]].map(([name, value]) => [name, value]);
}

function isNamed(headers: readonly HeaderPair[], name: string): boolean {
  return headers.some(([other]) => other === name);
}
