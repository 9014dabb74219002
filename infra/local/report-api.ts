/** The report API as the launcher reads it (what is written there, the provisioner writes): answers checked by the contract's own schemas, errors with the API's own words. */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { DeploymentSchema } from "../../core/wire/api/deployments.ts";
import { DriftListSchema } from "../../core/wire/api/drifts.ts";
import { LedgerSchema } from "../../core/wire/api/ledger.ts";
import { RouteListSchema } from "../../core/wire/api/routes.ts";
import { ProblemSchema } from "../../core/wire/problem.ts";

/** One call may take this long; the API answers in milliseconds, a machine at its limits does not. */
const CALL_TIMEOUT_MS = 15_000;
const ATTEMPTS = 5;
const PAUSE_MS = 700;

export interface ReportApi {
  readonly origin: string;
  readonly serviceToken: string;
}

/** The API said no, said something else than it promises, or could not be reached. */
export class ReportApiFailed extends Error {}

/** Where a start's report API will be, with a token of its own for those who write, unless somebody chose one to write with it themselves. */
export function newReportApi(port: number, chosen?: string): ReportApi {
  return { origin: `http://127.0.0.1:${port}`, serviceToken: chosen ?? randomBytes(24).toString("base64url") };
}

export async function readDeployment(api: ReportApi, id: string) {
  return read(api, `/api/deployments/${id}`, DeploymentSchema);
}

export async function readLedger(api: ReportApi, id: string) {
  return read(api, `/api/deployments/${id}/ledger`, LedgerSchema);
}

export async function readDrifts(api: ReportApi, id: string) {
  return (await read(api, `/api/deployments/${id}/drifts`, DriftListSchema)).items;
}

export async function readRoutes(api: ReportApi, id: string) {
  return (await read(api, `/api/deployments/${id}/routes`, RouteListSchema)).items;
}

async function read<S extends z.ZodType>(api: ReportApi, path: string, schema: S): Promise<z.infer<S>> {
  const answer = await send(api, path);
  const parsed = schema.safeParse(await answer.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new ReportApiFailed(
    `GET ${path} was answered with something else than the API promises: ${parsed.error.message}`,
  );
}

/** Every call of the launcher may be repeated; the Workers are away for a moment when wrangler reloads them. */
async function send(api: ReportApi, path: string): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await sendOnce(api, path).catch((error: unknown) => reasonOf(error));
    if (typeof answer !== "string" && answer.ok) return answer;
    const words = typeof answer === "string" ? answer : problemOf(await answer.text().catch(() => ""));
    const isFinal = typeof answer !== "string" && answer.status < 500;
    if (isFinal || attempt === ATTEMPTS) throw new ReportApiFailed(failureWords(path, answer, words));
    await sleep(PAUSE_MS);
  }
}

function failureWords(path: string, answer: Response | string, words: string): string {
  return typeof answer === "string"
    ? `GET ${path} could not be sent to the report API: ${words}`
    : `GET ${path} was answered with ${answer.status}: ${words}`;
}

function sendOnce({ origin, serviceToken }: ReportApi, path: string): Promise<Response> {
  return fetch(`${origin}${path}`, {
    headers: { authorization: `Bearer ${serviceToken}` },
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });
}

function problemOf(text: string): string {
  try {
    const problem = ProblemSchema.parse(JSON.parse(text));
    return problem.detail ?? problem.title;
  } catch {
    return text.slice(0, 300);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
