/**
 * The consumer Worker: pairs of the queue, dead letters, the cron that asks open questions again and proposes merges, and `POST /compare`
 * for the report Worker. Thin: each event is one call.
 */
import { answerCompare } from "./compare-request.ts";
import { proposeMerges } from "./propose-merges.ts";
import { consume } from "./queue/consume.ts";
import { buryDeadLetters, isDeadLetterQueue } from "./queue/dead-letters.ts";
import { retryOpen } from "./retry-open.ts";
import type { Env } from "./settings.ts";

export default {
  fetch: answerCompare,
  queue: (batch, env) => (isDeadLetterQueue(batch.queue) ? buryDeadLetters(batch, env) : consume(batch, env)),
  scheduled: async (event, env) => {
    await retryOpen(env);
    await proposeMerges({ db: env.DB, bucket: env.BODIES, now: event.scheduledTime });
  },
} satisfies ExportedHandler<Env>;
