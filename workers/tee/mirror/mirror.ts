/** Mirrors one request to its targets: asks the shadows, makes the pairs, redacts them and hands them over. All in the background. */
import { ulid } from "ulid";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { redactPair } from "../../../core/redact/pair.ts";
import type { DropReason } from "../../../core/wire/sync.ts";
import type { MirrorTarget } from "../../../core/wire/target.ts";
import { OUT_OF_MEMORY, observationOf, type Side } from "../capture/answer.ts";
import type { Holding } from "../capture/memory.ts";
import { logError } from "../log.ts";
import { addOne } from "../routing/counters.ts";
import { tallyOf } from "../routing/host.ts";
import { send } from "../send/message.ts";
import { redactorFor } from "../send/redactor.ts";
import { ask } from "./ask.ts";
import { MAX_FAN_OUT } from "./decide.ts";
import { signedMarker } from "./marker.ts";
import { mirroredRequest, pairRequest, requestTo } from "./request.ts";
import type { Visit } from "./visit.ts";

/** What one request's mirroring works with. `prod` is production's answer, still being captured. */
export interface Mirroring {
  readonly visit: Visit;
  readonly prod: Promise<Side>;
  readonly holding: Holding;
  readonly env: TeeEnv;
}

/** Safe methods in the sense of RFC 9110, 9.2.1, that are worth asking twice. */
const ASKED_TWICE: ReadonlySet<string> = new Set(["GET", "HEAD"]);

export async function mirror(mirroring: Mirroring, targets: readonly MirrorTarget[]): Promise<void> {
  const { visit } = mirroring;
  const body = visit.body instanceof Promise ? await visit.body : null;
  if (body === undefined) return drop(visit, targets, "memory");
  const control = controlIsWanted(visit, targets) ? askControl(mirroring) : Promise.resolve(undefined);
  await Promise.all(targets.map((target) => mirrorTo(mirroring, target, { body, control })));
}

/** One control serves all pairs of a request; it comes only after the shadows have their places. */
function controlIsWanted({ request }: Visit, targets: readonly MirrorTarget[]): boolean {
  if (targets.length >= MAX_FAN_OUT || !ASKED_TWICE.has(request.method)) return false;
  return targets.some((target) => Math.random() < target.controlShare);
}

/** Production's second answer, to the same request as the shadow's. With test identities it would be another one: then none. */
async function askControl({
  visit,
  env,
  holding,
}: Mirroring): Promise<Exclude<Side, typeof OUT_OF_MEMORY> | undefined> {
  const mirrored = mirroredRequest(visit.request, null, {});
  const marker = signedMarker(env.SHADOW_INFRA_REDACTION_KEY, Date.now());
  const side = await ask(requestTo(env.SHADOW_INFRA_PROD_URL, mirrored, marker), holding);
  return side === OUT_OF_MEMORY ? undefined : side;
}

interface Shared {
  readonly body: Uint8Array | null;
  readonly control: Promise<Exclude<Side, typeof OUT_OF_MEMORY> | undefined>;
}

/** Ends in exactly one count: sent or dropped. */
async function mirrorTo(mirroring: Mirroring, target: MirrorTarget, shared: Shared): Promise<void> {
  const { visit, env } = mirroring;
  try {
    const pair = await capturePair(mirroring, target, shared);
    if (pair === OUT_OF_MEMORY) return drop(visit, [target], "memory");
    const redacted = redactPair(pair, redactorFor(target.repoId, env.SHADOW_INFRA_REDACTION_KEY));
    await handOver(mirroring, target, redacted);
  } catch (error) {
    logError("a pair could not be made", error);
    drop(visit, [target], "internal");
  }
}

async function capturePair(
  { visit, prod, holding, env }: Mirroring,
  target: MirrorTarget,
  { body, control }: Shared,
): Promise<CapturedPair | typeof OUT_OF_MEMORY> {
  const mirrored = mirroredRequest(visit.request, body, target.credentials);
  const marker = signedMarker(env.SHADOW_INFRA_REDACTION_KEY, Date.now());
  const asked = ask(requestTo(target.shadowOrigin, mirrored, marker), holding);
  const [prodSide, shadowSide, controlSide] = await Promise.all([prod, asked, control]);
  if (prodSide === OUT_OF_MEMORY || shadowSide === OUT_OF_MEMORY) return OUT_OF_MEMORY;
  const hasIdentity = Object.keys(target.credentials).some((name) => visit.request.headers.has(name));
  return {
    id: ulid(visit.arrivedAt),
    deploymentId: target.deploymentId,
    repoId: target.repoId,
    capturedAt: visit.arrivedAt,
    credentials: hasIdentity ? "test-identity" : "none",
    request: pairRequest(mirrored),
    prod: observationOf(prodSide),
    shadow: observationOf(shadowSide),
    ...(controlSide !== undefined && !hasIdentity && { control: observationOf(controlSide) }),
  };
}

async function handOver({ visit, env }: Mirroring, target: MirrorTarget, pair: CapturedPair): Promise<void> {
  try {
    await send(pair, { queue: env.PAIR_QUEUE, bodies: env.BODIES });
    tallyOf(visit.state, target.deploymentId).sent += 1;
  } catch (error) {
    logError("a pair could not be queued", error);
    drop(visit, [target], "queue");
  }
}

/** Counts these targets' mirrored request as lost to a limit or a fault of ours. */
export function drop({ state }: Visit, targets: readonly MirrorTarget[], reason: DropReason): void {
  for (const target of targets) addOne(tallyOf(state, target.deploymentId).dropped, reason);
}
