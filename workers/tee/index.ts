/**
 * The tee: production's request goes on, its answer comes back at once, and everything of ours happens behind the client's
 * back, where no failure can reach it.
 *
 *   request -> visit -> production's fetch -> (sync beside it, when due) -> answer to the client, streamed
 *           -> in the background: targets decided -> shadows asked -> pairs redacted -> queue -> counters up
 *
 * Whatever throws on this way, at any statement, the catch below answers from where the passage got to.
 */
import { logError } from "./log.ts";
import { abandon, followFailure, setOut } from "./mirror/follow.ts";
import { visitOf } from "./mirror/visit.ts";
import { answerWithoutProd } from "./prod/failure.ts";
import { prodRequest } from "./prod/origin.ts";
import type { Passage } from "./prod/passage.ts";
import { rescue } from "./prod/rescue.ts";
import { sync, syncIsDue } from "./routing/sync.ts";

export default {
  async fetch(request, env, ctx): Promise<Response> {
    let passage: Passage | undefined;
    try {
      passage = { forProd: request };
      const origin = env.SHADOW_INFRA_PROD_URL;
      if (origin === "") ctx.passThroughOnException();
      const visit = visitOf(passage, env.SHADOW_INFRA_REDACTION_KEY);
      passage.fetched = fetch(prodRequest(passage.forProd, origin));
      if (visit === undefined) return await passage.fetched;
      if (syncIsDue(visit.state, visit.arrivedAt)) ctx.waitUntil(sync(visit.state, env.REGISTRY));
      passage.response = await passage.fetched;
      setOut(passage, passage.response, { visit, env, ctx });
      return passage.response;
    } catch (error) {
      return afterFault(error, { passage, request, env, ctx });
    }
  },
} satisfies ExportedHandler<TeeEnv>;

interface Fault {
  readonly passage: Passage | undefined;
  readonly request: Request;
  readonly env: TeeEnv;
  readonly ctx: ExecutionContext;
}

/** A fault of ours costs a mirrored pair; a failure of production is the client's to see, and a pair. */
async function afterFault(error: unknown, { passage, request, env, ctx }: Fault): Promise<Response> {
  const origin = env.SHADOW_INFRA_PROD_URL;
  let answer: Response;
  try {
    answer = await rescue(passage, request, origin);
  } catch (failure) {
    const visit = passage?.visit;
    if (passage !== undefined && visit !== undefined)
      quietly(() => followFailure(failure, passage, { visit, env, ctx }));
    return answerWithoutProd(failure, origin);
  }
  if (passage !== undefined) quietly(() => abandon(passage, ctx));
  quietly(() => logError("a request was answered in spite of a fault", error));
  return answer;
}

function quietly(step: () => void): void {
  try {
    step();
  } catch {
    // The client's answer comes first, and the log may be what is broken.
  }
}
