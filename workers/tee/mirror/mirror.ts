/**
 * Mirrors one request to its targets, in the background: asks all sides at once, and brings each target's request to
 * exactly one end: sent, settled as equal, skipped or dropped.
 */
import type { DropReason } from "../../../core/wire/sync.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import type { Side } from "../capture/answer.ts";
import type { Holding } from "../capture/memory.ts";
import { logError } from "../log.ts";
import { recordResult } from "../routing/breaker.ts";
import { addOne, countEnd, type End, type Tally } from "../routing/counters.ts";
import { tallyOf } from "../routing/host.ts";
import { ASK_TIMEOUT_MS, type AskLimits, ask } from "./ask.ts";
import { boundedBucket, sparePuts } from "./budget.ts";
import { finish } from "./finish.ts";
import { signedMarker } from "./marker.ts";
import { type AskedSides, hasAnswered, outcomeOf } from "./outcome.ts";
import { type Place, placesOf, prodPlace } from "./place.ts";
import { asksForOtherMethod, type MirroredRequest, mirroredRequest } from "./request.ts";
import { type SecondAnswers, secondAnswersFor } from "./second-answers.ts";
import type { Visit } from "./visit.ts";

/** What one request's mirroring works with. `prod` is production's answer, still being captured. */
export interface Mirroring {
  readonly visit: Visit;
  readonly prod: Promise<Side>;
  readonly holding: Holding;
  readonly env: TeeEnv;
}

/**
 * The last net: what has not come to an end by then counts as dropped. Every step has a limit of its own, and the runtime
 * ends background work 30 s after the answer (https://developers.cloudflare.com/workers/runtime-apis/context/).
 */
const MAX_MIRROR_MS = 24_000;

/** What all targets of one request share. */
interface Shared extends Mirroring {
  readonly body: Uint8Array | null;
  /** Where production is asked again. */
  readonly place: Place;
  readonly limits: AskLimits;
  readonly second: SecondAnswers;
  /** Production's second answer; one serves all. */
  readonly control: Promise<Side> | undefined;
  readonly bodies: Pick<R2Bucket, "put">;
  readonly late: Promise<End>;
}

/** Never throws once it has begun to count. */
export async function mirror(mirroring: Mirroring, targets: readonly RoutedTarget[]): Promise<void> {
  const { visit, holding } = mirroring;
  const body = visit.body instanceof Promise ? await visit.body : null;
  if (body === undefined) return drop(visit, targets, "memory");
  const limits = { signal: AbortSignal.timeout(ASK_TIMEOUT_MS), holding };
  const shared = share(mirroring, { targets, body, limits });
  await Promise.all(targets.map((target) => mirrorTo(shared, target)));
}

interface Asked extends Pick<Shared, "body" | "limits"> {
  readonly targets: readonly RoutedTarget[];
}

function share(mirroring: Mirroring, { targets, body, limits }: Asked): Shared {
  const { visit, env } = mirroring;
  const marker = signedMarker(env.SHADOW_INFRA_REDACTION_KEY, visit.arrivedAt);
  const second = secondAnswersFor(visit.request.method, targets);
  const place = prodPlace(env.SHADOW_INFRA_PROD_URL, visit.request.url, marker);
  const control = second.control ? askControl(mirroring, { place, limits }) : undefined;
  const bodies = boundedBucket(env.BODIES, sparePuts(targets, second));
  return { ...mirroring, body, place, limits, second, control, bodies, late: lateAfter(MAX_MIRROR_MS) };
}

/** The same request as the shadows'. With test identities it would be another one than production answered: then none. */
function askControl({ visit }: Mirroring, { place, limits }: Pick<Shared, "place" | "limits">): Promise<Side> {
  return ask(mirroredRequest(visit.request, null, {}), place, limits);
}

async function mirrorTo(shared: Shared, target: RoutedTarget): Promise<void> {
  const tally = tallyOf(shared.visit.state, target.deploymentId);
  try {
    countEnd(tally, await Promise.race([endOf(shared, target, tally), shared.late]));
  } catch (error) {
    logError("a pair could not be made", error);
    addOne(tally.dropped, "internal");
  }
}

function lateAfter(ms: number): Promise<End> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(ms);
    signal.addEventListener("abort", () => resolve({ end: "dropped", reason: "internal" }), { once: true });
  });
}

async function endOf(shared: Shared, target: RoutedTarget, tally: Tally): Promise<End> {
  const { visit, env, body, bodies } = shared;
  const mirrored = mirroredRequest(visit.request, body, target.credentials);
  if (asksForOtherMethod(mirrored)) return { end: "skipped", reason: "method" };
  const startedAt = Date.now();
  const sides = await askSides(shared, target, mirrored);
  countAnswer(tally, hasAnswered(sides.shadow, target), startedAt);
  const outcome = outcomeOf(sides, target);
  if (outcome.end !== "pair") return outcome;
  const { arrivedAt, request } = visit;
  const material = { target, mirrored, sides: outcome.sides, url: request.url, arrivedAt };
  return finish(material, { equal: outcome.equal, tally, env, bodies });
}

/** All at the same moment, as far as that can be promised. */
async function askSides(shared: Shared, target: RoutedTarget, mirrored: MirroredRequest): Promise<AskedSides> {
  const { limits, second, place } = shared;
  const places = placesOf(target, place);
  const shadow = ask(mirrored, places.shadow, limits);
  const control = mirrored.hasIdentity ? undefined : shared.control;
  if (places.base === null) {
    const sides = { prod: await shared.prod, shadow: await shadow, control: await control };
    return { ...sides, base: undefined, baseAgain: undefined };
  }
  const base = ask(mirrored, places.base, limits);
  const baseAgain = second.baseAgain.has(target) ? ask(mirrored, places.base, limits) : undefined;
  return {
    prod: await shared.prod,
    shadow: await shadow,
    control: await control,
    base: await base,
    baseAgain: await baseAgain,
  };
}

function countAnswer(tally: Tally, answered: boolean | undefined, startedAt: number): void {
  if (answered === undefined) return;
  if (answered) tally.answered += 1;
  else tally.failed += 1;
  recordResult(tally.health, !answered, { startedAt, now: Date.now() });
}

/** Counts these targets' mirrored request as lost to a limit or a fault of ours. */
export function drop({ state }: Visit, targets: readonly RoutedTarget[], reason: DropReason): void {
  for (const target of targets) addOne(tallyOf(state, target.deploymentId).dropped, reason);
}
