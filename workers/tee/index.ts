/**
 * The tee: production's request goes on, its answer comes back at once, and everything of ours happens behind the client's
 * back, where no failure can reach it.
 *
 *   request -> visit -> production's fetch -> (sync beside it, when due) -> answer to the client, streamed
 *           -> in the background: targets decided -> shadows asked -> pairs redacted -> queue -> counters up
 */
import type { NoAnswer } from "../../core/pair/pair.ts";
import { failureReason } from "./capture/failure.ts";
import type { Holding } from "./capture/memory.ts";
import { logError } from "./log.ts";
import { follow, type Prepared, prepare } from "./mirror/follow.ts";
import { type Visit, visitOf } from "./mirror/visit.ts";
import { copied } from "./prod/copy.ts";
import { answerWithoutProd } from "./prod/failure.ts";
import { prodRequest } from "./prod/origin.ts";
import { sync, syncIsDue } from "./routing/sync.ts";

interface Context {
  readonly visit: Visit;
  readonly env: TeeEnv;
  readonly ctx: ExecutionContext;
  readonly startedAt: number;
}

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const origin = env.SHADOW_INFRA_PROD_URL;
    if (origin === "") ctx.passThroughOnException();
    const visit = visitSafely(request, env);
    const startedAt = Date.now();
    const fetched = fetch(prodRequest(visit?.forProd ?? request, origin));
    if (visit !== undefined && syncIsDue(visit.state, startedAt)) ctx.waitUntil(sync(visit.state, env.REGISTRY));
    let response: Response;
    try {
      response = await fetched;
    } catch (error) {
      if (visit !== undefined) followFailure(error, { visit, env, ctx, startedAt });
      return answerWithoutProd(error, origin);
    }
    return visit === undefined ? response : answer(response, { visit, env, ctx, startedAt });
  },
} satisfies ExportedHandler<TeeEnv>;

/** A fault of ours before production was asked must not keep it from being asked. */
function visitSafely(request: Request, env: TeeEnv): Visit | undefined {
  return safely("a request could not be looked at", () => visitOf(request, env.SHADOW_INFRA_REDACTION_KEY, Date.now()));
}

/** Production's answer: itself where nothing is mirrored, otherwise one branch of it. A fault of ours leaves it untouched. */
function answer(response: Response, { visit, env, ctx, startedAt }: Context): Response {
  const timing = { startedAt, headersAt: Date.now() };
  const prepared = safely("an answer could not be looked at", () => prepare(visit, response));
  if (prepared === undefined) return untouched(response, visit);
  const copy = wantsCopy(prepared) ? copied(response, timing, prepared.holding) : undefined;
  ctx.waitUntil(follow({ visit, env, response, prepared, observed: copy?.observed }));
  return copy?.forClient ?? response;
}

function untouched(response: Response, { holding }: Visit): Response {
  if (typeof holding === "object") holding.release();
  return response;
}

function wantsCopy(prepared: Prepared): prepared is Prepared & { readonly holding: Holding } {
  return typeof prepared.holding === "object" && prepared.targets?.length !== 0;
}

function followFailure(error: unknown, { visit, env, ctx, startedAt }: Context): void {
  const observed = failedAnswer({ failed: failureReason(error), latencyMs: Date.now() - startedAt });
  const prepared = safely("a failure could not be looked at", () => prepare(visit, null));
  if (prepared !== undefined) ctx.waitUntil(follow({ visit, env, response: null, prepared, observed }));
}

async function failedAnswer(failed: NoAnswer): Promise<NoAnswer> {
  return failed;
}

function safely<T>(what: string, step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    logError(what, error);
    return undefined;
  }
}
