/** One call of the report API: what it answered, checked by the contract's schema, or which of two ways it went wrong. */
import type { z } from "zod";
import { ProblemSchema } from "../../../core/wire/problem.ts";
import { ReportRefused, ReportUnavailable } from "./report.ts";

/** The API answers in milliseconds; a list of many deployments on a busy database in a second or two. */
const CALL_TIMEOUT_MS = 10_000;

/** A list of 50 deployments with their counts is a few hundred kilobytes. */
const MAX_ANSWER_CHARS = 8_000_000;

const MAX_QUOTED_CHARS = 300;

export interface ReportAddress {
  readonly origin: string;
  readonly serviceToken: string;
  /** Such as those that let a service through Cloudflare Access. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Call {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

/** The answer's JSON in the schema's form. Rejects with `ReportRefused` or `ReportUnavailable`. */
export async function callReport<S extends z.ZodType>(
  address: ReportAddress,
  call: Call,
  schema: S,
): Promise<z.infer<S>> {
  const { status, text } = await send(address, call);
  if (status >= 300) throw failureOf(call, status, text);
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new ReportUnavailable(
    `${nameOf(call)} was answered with something else than the report API promises. Do report and provisioner have the same version? ${parsed.error.message.slice(0, MAX_QUOTED_CHARS)}`,
  );
}

async function send({ origin, serviceToken, headers }: ReportAddress, call: Call) {
  try {
    const answer = await fetch(`${origin}${call.path}`, {
      method: call.method,
      headers: { ...headers, authorization: `Bearer ${serviceToken}`, "content-type": "application/json" },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      // A redirect is somebody's sign-in page; the token is not carried there.
      redirect: "manual",
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    return { status: answer.status, text: (await answer.text()).slice(0, MAX_ANSWER_CHARS) };
  } catch (error) {
    throw new ReportUnavailable(`${nameOf(call)} could not be sent to the report at ${origin}: ${reasonOf(error)}`);
  }
}

/**
 * The API's own "no" is final, whatever else comes in its place is not: an error of its server, a sign-in that failed because the
 * operator's token is wrong, another server's page.
 */
function failureOf(call: Call, status: number, text: string): ReportRefused | ReportUnavailable {
  const problem = ProblemSchema.safeParse(jsonOf(text));
  if (!problem.success)
    return new ReportUnavailable(
      `${nameOf(call)} was answered with ${status} by something that is not the report API: ${text.slice(0, MAX_QUOTED_CHARS)}`,
    );
  const { title, detail, code, errors = [] } = problem.data;
  const where = errors.map(({ at, message }) => ` ${at}: ${message}.`).join("");
  const words = `${detail ?? title}${where}`.slice(0, 4 * MAX_QUOTED_CHARS);
  return isFinal(status)
    ? new ReportRefused(code, words)
    : new ReportUnavailable(`${nameOf(call)} was answered with ${status} ${code}: ${words}`);
}

function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status);
}

function nameOf({ method, path }: Call): string {
  return `${method} ${path.split("?")[0]}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${CALL_TIMEOUT_MS / 1_000} s`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
