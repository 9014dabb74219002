/**
 * Sends a recording: request -> what travels -> all servers at once -> pair without secrets -> line. Holds only what is in
 * flight.
 */
import { setMaxListeners } from "node:events";
import type { Pair } from "../../core/pair/pair.ts";
import { ask, type Sending, type Server } from "./ask.ts";
import { createControls } from "./controls.ts";
import { createHealth, type Gone } from "./health.ts";
import { forEachPaced, type Pace } from "./pace.ts";
import { type PairMaking, pairOf, type Sides } from "./pair.ts";
import type { RecordedRequest } from "./request.ts";
import type { Recording } from "./requests.ts";
import { isSafe, type Skip, skipOf, type TravelRules, travelling } from "./travel.ts";

/** How to send. */
export interface Replaying extends PairMaking {
  readonly recording: Recording;
  readonly travel: TravelRules;
  readonly pace: Pace;
  readonly timeoutMs: number;
  /** Share of safe requests that are asked twice, 0 to 1. */
  readonly controlShare: number;
  /** Ends the run; what is in flight is given up. */
  readonly stop: AbortController;
  readonly write: (pair: Pair) => Promise<void>;
  readonly malformed: (number: number, reason: string) => void;
  readonly progress: (sent: Sent) => void;
}

/** What became of the requests so far. */
export interface Sent {
  /** Requests of the recording. */
  readonly total: number;
  readonly pairs: number;
  readonly malformed: number;
  readonly skipped: Readonly<Record<Skip, number>>;
  /** Header lines that were left out because they carry credentials. */
  readonly credentials: number;
  /** The server that ended it early. The pair that showed it is not written when that server never answered. */
  readonly gone: Gone | null;
}

type Counts = { -readonly [Key in keyof Sent]: Key extends "skipped" ? Record<Skip, number> : Sent[Key] };

export async function replay(replaying: Replaying): Promise<Sent> {
  const { recording, stop, pace, progress } = replaying;
  const counts: Counts = {
    total: recording.total,
    pairs: 0,
    malformed: 0,
    skipped: { method: 0, host: 0, "not-http": 0, redacted: 0, credentials: 0 },
    credentials: 0,
    gone: null,
  };
  // Every request in flight listens to it.
  setMaxListeners(0, stop.signal);
  const watch = createHealth();
  const controlled = createControls(replaying.controlShare);
  const send = async (request: RecordedRequest): Promise<void> => {
    const { sending, credentials } = sendingOf(request, replaying.travel);
    const sides = await askAll(sending, controlled(request), replaying).catch(nullWhere(stop));
    if (sides === null) return;
    counts.gone ??= watch(sides);
    if (counts.gone !== null) stop.abort();
    if (counts.gone?.never === true) return;
    await replaying.write(pairOf({ id: request.id, sent: sending, sides }, replaying));
    counts.pairs++;
    counts.credentials += credentials;
    progress(counts);
  };
  await forEachPaced(sendable(replaying, counts), send, { ...pace, signal: stop.signal });
  return counts;
}

/** Counts and leaves out what is not to be sent, so that it takes no part in the pace. */
async function* sendable({ recording, travel, malformed }: Replaying, counts: Counts): AsyncGenerator<RecordedRequest> {
  for await (const { number, reading } of recording.requests()) {
    const skip = reading.ok ? skipOf(reading.value, travel) : reading.reason;
    if (skip === "malformed") {
      counts.malformed++;
      malformed(number, (reading.ok ? undefined : reading.detail) ?? "unreadable");
    } else if (skip !== null) counts.skipped[skip]++;
    else if (reading.ok) yield reading.value;
  }
}

function sendingOf(request: RecordedRequest, rules: TravelRules) {
  const { headers, credentials } = travelling(request.headers, rules);
  const { method, path, body } = request;
  const sending: Sending = { method, path, headers, body, repeatable: isSafe(request) };
  return { sending, credentials };
}

/** All at the same moment, as the tee does: what changes with time changes for all of them. */
async function askAll(
  sending: Sending,
  twice: boolean,
  { servers: { prod, shadow, base }, timeoutMs, stop }: Replaying,
): Promise<Sides> {
  const limits = { timeoutMs, signal: stop.signal };
  const to = (server: Server) => ask(server, sending, limits);
  const [first, second, control, reference, again] = await Promise.all([
    to(prod),
    to(shadow),
    twice ? to(prod) : undefined,
    base === null ? undefined : to(base),
    base === null || !twice ? undefined : to(base),
  ]);
  return {
    prod: first,
    shadow: second,
    ...(control && { control }),
    ...(reference && { base: reference }),
    ...(again && { baseAgain: again }),
  };
}

/** A request that the end of the run cut off is no pair. Any other rejection is a bug. */
function nullWhere({ signal }: AbortController): (error: unknown) => null {
  return (error) => {
    if (!signal.aborted) throw error;
    return null;
  };
}
