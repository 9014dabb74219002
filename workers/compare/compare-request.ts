/**
 * `POST /compare`: one pair by HTTP, called by the report Worker over a service binding. Judged by the same graph and
 * stored like a pair of the queue; the same `pair_id` again gets the stored answer. Reachable by no other way: the Worker
 * has no route and no workers.dev address.
 */
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { CapturedPair } from "../../core/pair/captured.ts";
import { redactPair } from "../../core/redact/pair.ts";
import type { Redactor } from "../../core/redact/token.ts";
import type { Judged } from "../../core/verdict/format.ts";
import { judgementOf } from "../../core/verdict/judgement.ts";
import { type CompareRequest, CompareRequestSchema } from "../../core/wire/api/compare.ts";
import { shadowDeployments } from "../../migrations/schema.ts";
import { judgeAndRecord } from "./judge-and-record.ts";
import { storedJudgement } from "./record/stored-judgement.ts";
import type { Env } from "./settings.ts";

/** Both bodies at the tee's capture limit, escaped, with room to spare. */
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

export async function answerCompare(request: Request, env: Env): Promise<Response> {
  if (new URL(request.url).pathname !== "/compare") return problem(404, "not-found", "There is nothing here.");
  if (request.method !== "POST") return problem(405, "method-not-allowed", "Only POST is answered.");
  const text = await request.text();
  if (text.length > MAX_REQUEST_BYTES) return problem(413, "too-large", `At most ${MAX_REQUEST_BYTES} bytes.`);
  const body = CompareRequestSchema.safeParse(jsonIn(text));
  if (!body.success) return problem(400, "invalid-request", body.error.message.slice(0, 1_000));
  const repoId = await repositoryOf(body.data.deployment_id, env);
  if (repoId === null) return problem(404, "deployment-not-found", "No deployment has this id.");
  return judgeOne(capturedPair(body.data, repoId), env);
}

async function judgeOne(captured: CapturedPair, env: Env): Promise<Response> {
  const { items, refused } = await judgeAndRecord([captured], env, { posted: true });
  const why = refused.get(captured.id);
  if (why !== undefined) return problem(500, "not-stored", "The pair could not be stored.");
  const [item] = items;
  if (item?.effective) return answerWith(item.effective);
  const stored = await storedJudgement(env.DB, captured);
  if (stored === "other-deployment") return problem(409, "pair-exists", "This pair id belongs to another deployment.");
  return stored === null ? problem(500, "not-stored", "The pair could not be stored.") : answerWith(stored);
}

function answerWith(judged: Judged): Response {
  const { id: _id, ...answer } = judgementOf(judged);
  return Response.json(answer);
}

async function repositoryOf(deploymentId: string, env: Env): Promise<number | null> {
  const [row] = await drizzle(env.DB)
    .select({ repoId: shadowDeployments.repoId })
    .from(shadowDeployments)
    .where(eq(shadowDeployments.id, deploymentId));
  return row?.repoId ?? null;
}

/** Secrets are replaced before anything is stored or asked, as the tee does it for its own pairs. */
function capturedPair(body: CompareRequest, repoId: number): CapturedPair {
  const pair: CapturedPair = {
    id: body.pair_id,
    deploymentId: body.deployment_id,
    repoId,
    capturedAt: Date.now(),
    credentials: "none",
    request: { method: body.request?.method ?? "GET", path: body.request?.path ?? "/", headers: {}, body: null },
    prod: answerOf(body.prod_response),
    shadow: answerOf(body.shadow_response),
  };
  return redactPair(pair, oneTimeRedactor());
}

function answerOf({ status, headers, body, latency_ms }: CompareRequest["prod_response"]) {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (typeof body === "string") return { status, headers: lower, body, latencyMs: latency_ms };
  const typed = { "content-type": "application/json", ...lower };
  return { status, headers: typed, body: JSON.stringify(body), latencyMs: latency_ms };
}

/** Only the two answers of this pair are ever compared, so each secret gets a random name that nothing can undo. */
function oneTimeRedactor(): Redactor {
  const names = new Map<string, string>();
  const nameOf = (text: string) => {
    const name = names.get(text) ?? crypto.randomUUID().replaceAll("-", "");
    names.set(text, name);
    return name;
  };
  return { keyId: "once", hash: nameOf };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problem(status: number, code: string, detail: string): Response {
  const body = { type: "about:blank", title: code.replaceAll("-", " "), status, detail, code };
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/problem+json" } });
}
