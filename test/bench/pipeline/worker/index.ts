/** Runs the consumer's graph over the same pairs in one invocation or in one for each, with the consumer's own database. Never deployed. */
import { judgeBatch, opened } from "../../../../workers/compare/graph/graph.ts";
import { pairsOf } from "../pairs.ts";

interface BenchEnv {
  readonly DB: D1Database;
}

export default {
  /** `/batch` or `/each`, with `count`, `bytes` and `times`; answers when all are judged. */
  async fetch(request: Request, { DB: db }: BenchEnv): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const number = (name: string) => Number(searchParams.get(name));
    const items = pairsOf({ run: "bench", count: number("count"), bytes: number("bytes") }).map((p) => opened(p));
    const surroundings = { db, model: null, now: Date.now, batchId: "bench", memories: new Map() };
    let judged = 0;
    for (let time = 0; time < number("times"); time += 1)
      for (const batch of pathname === "/batch" ? [items] : items.map((item) => [item]))
        judged += (await judgeBatch(batch, surroundings)).items.filter((item) => item.byRules !== null).length;
    return Response.json({ judged });
  },
};
