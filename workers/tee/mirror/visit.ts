/** One request on its way through the tee: what the later steps need of it, gathered before anything is waited for. */

import type { DropReason, RoutingTable } from "../../../core/wire/sync.ts";
import { captureBytes } from "../capture/bytes.ts";
import { type Holding, hold } from "../capture/memory.ts";
import { type Passage, splitRequest } from "../prod/passage.ts";
import { mayMirror } from "../routing/filter.ts";
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
  readonly body: RequestBody;
  readonly state: HostState;
  readonly arrivedAt: number;
  /** Room in the isolate's limits where the request's body already needed it. */
  readonly holding: Holding | DropReason | undefined;
}

/** Methods whose requests the platform makes without a body only. */
const BODYLESS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Undefined for requests that pass untouched: our own mirrored ones, and hosts beyond what an isolate remembers. */
export function visitOf(passage: Passage, secret: string): Visit | undefined {
  const { forProd: request } = passage;
  const arrivedAt = Date.now();
  const state = hostState(hostOf(request.url), arrivedAt);
  if (state === undefined) return undefined;
  const marker = request.headers.get(MARKER_HEADER);
  if (marker !== null && isOurMarker(marker, secret, arrivedAt)) return undefined;
  const body = bodyOf(passage, freshTable(state, arrivedAt), arrivedAt);
  passage.visit = { request, body, state, arrivedAt, holding: passage.holding };
  return passage.visit;
}

/** Splits the body where a copy of it is wanted and there is room for one. */
function bodyOf(passage: Passage, table: RoutingTable | undefined, now: number): RequestBody {
  const { forProd: request } = passage;
  const { body } = request;
  if (body === null || isUpgrade(request)) return "none";
  const announced = Number(request.headers.get("content-length") ?? Number.NaN);
  // A GET with a body can be sent on as it came, but not be made anew.
  if (BODYLESS.has(request.method)) return "not-captured";
  if (!(announced <= MAX_REQUEST_BYTES) || !isWanted(request, table)) return "not-captured";
  passage.holding = hold(now);
  if (typeof passage.holding === "string") return "not-captured";
  return copied(splitRequest(passage, body), announced, passage.holding);
}

function isWanted({ method }: Request, table: RoutingTable | undefined): boolean {
  if (table === undefined || table.killSwitch) return false;
  return table.targets.some((target) => target.probability > 0 && mayMirror(target, method));
}

/** The one branch is read eagerly, so that it never holds the other one back, which goes to production. */
async function copied(
  copy: ReadableStream<Uint8Array>,
  announced: number,
  holding: Holding,
): Promise<Uint8Array | undefined> {
  const limits = { maxBytes: MAX_REQUEST_BYTES, maxMs: MAX_UPLOAD_MS, expected: announced };
  const { bytes, end } = await captureBytes(copy, limits, holding);
  return end === "complete" ? bytes : undefined;
}
