/** Which targets a request is mirrored to. Every target of the table counts it as seen; the rest is counted where it ends. */
import type { RoutingTable, SkipReason } from "../../../core/wire/sync.ts";
import type { MirrorTarget } from "../../../core/wire/target.ts";
import { pathOf } from "../prod/origin.ts";
import { addOne } from "../routing/counters.ts";
import { tallyOf } from "../routing/host.ts";
import { isSampled } from "../routing/sampling.ts";
import { skipOfAnswer, skipOfRequest } from "../routing/skip.ts";
import type { Visit } from "./visit.ts";

/** Requests of ours per request of a client: 6 connections are all there are, and production's body holds one. */
export const MAX_FAN_OUT = 3;

/** Addresses of this machine: local traffic has no client identity to sample by. */
const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1"]);

let turn = 0;

/** `answer` is null where production gave none. More targets than fit take turns. */
export function decide(visit: Visit, table: RoutingTable, answer: Response | null): readonly MirrorTarget[] {
  const sampled = table.targets.filter((target) => countSeen(visit, target, table.killSwitch));
  const comparable = sampled.filter((target) => count(visit, target, skipOf(visit, target, answer)));
  if (comparable.length <= MAX_FAN_OUT) return comparable;
  turn += 1;
  const rotated = comparable.map((_, index) => comparable[(index + turn) % comparable.length] ?? comparable[0]);
  const inTurn = new Set(rotated.slice(0, MAX_FAN_OUT));
  return comparable.filter((target) => count(visit, target, inTurn.has(target) ? undefined : "fan-out"));
}

function countSeen({ state, request, arrivedAt }: Visit, target: MirrorTarget, killed: boolean): boolean {
  const tally = tallyOf(state, target.deploymentId);
  tally.seen += 1;
  const asked = { method: request.method, path: pathOf(request.url), client: clientOf(request) };
  if (killed || !isSampled(target, asked, arrivedAt)) return false;
  tally.sampled += 1;
  return true;
}

function clientOf(request: Request): string | null {
  const address = request.headers.get("cf-connecting-ip");
  return address === null || LOOPBACK.has(address) ? null : address;
}

function skipOf(
  { request, body, holding }: Visit,
  target: MirrorTarget,
  answer: Response | null,
): SkipReason | undefined {
  const skip = skipOfRequest(request, target) ?? (answer === null ? undefined : skipOfAnswer(request, answer));
  return skip ?? (body === "not-captured" && typeof holding !== "string" ? "body-size" : undefined);
}

function count({ state }: Visit, target: MirrorTarget, skip: SkipReason | undefined): boolean {
  if (skip === undefined) return true;
  addOne(tallyOf(state, target.deploymentId).skipped, skip);
  return false;
}
