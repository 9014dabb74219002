/** One request on its way through the tee: what the later steps need of it, gathered before anything is waited for. */

import type { DropReason, RoutingTable } from "../../../core/wire/sync.ts";
import { captureBytes } from "../capture/bytes.ts";
import { type Holding, hold } from "../capture/memory.ts";
import { freshTable, type HostState, hostOf, hostState } from "../routing/host.ts";
import { isUpgrade } from "../routing/skip.ts";
import { isOurMarker, MARKER_HEADER } from "./marker.ts";

/** Larger request bodies, and those of unknown length, are not mirrored. */
const MAX_REQUEST_BYTES = 64 * 1024;

/** A slower upload than this is not waited for in the background. */
const MAX_UPLOAD_MS = 10_000;

/** The request's body: there is none, it is too large or not wanted, or a copy of it is being read. */
type RequestBody = "none" | "not-captured" | Promise<Uint8Array | undefined>;

export interface Visit {
  readonly request: Request;
  /** The request to send on: the same one, or one with the other branch of its body. */
  readonly forProd: Request;
  readonly body: RequestBody;
  readonly state: HostState;
  readonly arrivedAt: number;
  /** Room in the isolate's limits where the request's body already needed it. */
  readonly holding: Holding | DropReason | undefined;
}

/** Undefined for requests that pass untouched: our own mirrored ones, and hosts beyond what an isolate remembers. */
export function visitOf(request: Request, secret: string, arrivedAt: number): Visit | undefined {
  if (isOurMarker(request.headers.get(MARKER_HEADER), secret, arrivedAt)) return undefined;
  const state = hostState(hostOf(request.url), arrivedAt);
  if (state === undefined) return undefined;
  const visit = { request, forProd: request, state, arrivedAt, holding: undefined };
  if (request.body === null || isUpgrade(request)) return { ...visit, body: "none" };
  if (!bodyIsWanted(request, freshTable(state, arrivedAt))) return { ...visit, body: "not-captured" };
  const holding = hold();
  return typeof holding === "string" ? { ...visit, body: "not-captured", holding } : withBodyCopy(visit, holding);
}

function bodyIsWanted(request: Request, table: RoutingTable | undefined): boolean {
  const announced = Number(request.headers.get("content-length") ?? Number.NaN);
  if (!(announced <= MAX_REQUEST_BYTES)) return false;
  return table?.targets.some((target) => target.methods.includes(request.method)) === true;
}

/** One branch goes to production at once; the other is read eagerly, so that it never holds the first one back. */
function withBodyCopy(visit: Omit<Visit, "body">, holding: Holding): Visit {
  const { request } = visit;
  const body: ReadableStream<Uint8Array> | null = request.body;
  if (body === null) return { ...visit, body: "none", holding };
  const [toProd, copy] = body.tee();
  const captured = captureBytes(copy, { maxBytes: MAX_REQUEST_BYTES, maxMs: MAX_UPLOAD_MS }, holding);
  return {
    ...visit,
    forProd: new Request(request, { method: request.method, body: toProd }),
    body: captured.then(({ bytes, end }) => (end === "complete" ? bytes : undefined)),
    holding,
  };
}
