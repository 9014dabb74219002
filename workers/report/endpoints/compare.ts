/** `POST /compare`: the form is checked here, the compare Worker judges and stores. */
import { z } from "zod";
import { CompareAnswerSchema } from "../../../core/wire/api/compare.ts";
import { done, refuse } from "../http/reply.ts";
import { findDeployment } from "../store/deployments.ts";
import type { Handler } from "./handler.ts";

/** The host is never resolved: a service binding takes the path only. */
const COMPARE_URL = "http://compare/compare";

export const compare: Handler<"compare"> = async ({ body }, { db, env }) => {
  if ((await findDeployment(db, body.deployment_id)) === null) return refuse("deployment-not-found");
  try {
    const response = await env.COMPARE.fetch(COMPARE_URL, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = CompareAnswerSchema.safeParse(await response.json());
    if (response.ok && answer.success) return done(answer.data);
    const why = answer.success ? `status ${response.status}` : z.prettifyError(answer.error);
    console.error(JSON.stringify({ event: "compare-refused", status: response.status, why }));
    return refuse("compare-unavailable", `It answered with status ${response.status}.`);
  } catch (error) {
    console.error(JSON.stringify({ event: "compare-unreachable", error: String(error) }));
    return refuse("compare-unavailable");
  }
};
