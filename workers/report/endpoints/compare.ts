/** `POST /compare`: the form is checked here, the compare Worker judges and stores. */
import type { CompareRequest } from "../../../core/wire/api/compare.ts";
import { CompareAnswerSchema } from "../../../core/wire/api/compare.ts";
import { ProblemSchema } from "../../../core/wire/problem.ts";
import { done, refuse } from "../http/reply.ts";
import type { Handler } from "./handler.ts";

/** The host is never resolved: a service binding takes the path only. */
const COMPARE_URL = "http://compare/compare";

/** Problems of the compare Worker that are the caller's to know. All others are trouble of ours. */
const CALLERS_PROBLEMS = ["deployment-not-found", "pair-exists"] as const;

export const compare: Handler<"compare"> = async ({ body }, { env }) => {
  const answer = await ask(env.COMPARE, body);
  const judged = CompareAnswerSchema.safeParse(answer);
  if (judged.success) return done(judged.data);
  const problem = ProblemSchema.safeParse(answer);
  const known = CALLERS_PROBLEMS.find((code) => problem.success && problem.data.code === code);
  if (known !== undefined) return refuse(known);
  console.error(JSON.stringify({ event: "compare-unavailable", answer: problem.data ?? null }));
  return refuse("compare-unavailable");
};

/** The JSON it answers with; null when it answers with none or not at all. */
async function ask(worker: ReportEnv["COMPARE"], body: CompareRequest): Promise<unknown> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await worker.fetch(COMPARE_URL, { method: "POST", headers, body: JSON.stringify(body) });
    return await response.json();
  } catch (error) {
    console.error(JSON.stringify({ event: "compare-unreachable", error: String(error) }));
    return null;
  }
}
