/** Replies as HTTP: JSON or text, problem documents, and the headers every answer carries. */
import type { MediaType } from "../../../core/wire/api/operation.ts";
import { PROBLEMS, type Problem } from "../../../core/wire/problem.ts";
import type { Refused, Reply } from "./reply.ts";

/** Answers are data for programs and for our own pages: no site may frame, sniff or run them. */
const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export function respond(reply: Reply<unknown>): Response {
  if (!reply.ok) return respondProblem(reply);
  if ("json" in reply)
    return new Response(reply.json, { status: reply.status, headers: headersOf("application/json") });
  const type = reply.type ?? "application/json";
  const text = type === "application/json" ? JSON.stringify(reply.body) : String(reply.body);
  return new Response(text, { status: reply.status, headers: { ...headersOf(type), ...reply.headers } });
}

function headersOf(type: MediaType): Readonly<Record<string, string>> {
  return { "content-type": `${type}; charset=utf-8`, ...SAFETY_HEADERS };
}

/** RFC 9457. `type` points at the explanation on the docs page. */
function respondProblem(refused: Refused): Response {
  const { status, title } = PROBLEMS[refused.code];
  const { code, detail, errors } = refused;
  const problem: Problem = { type: `/docs#${code}`, title, status, code, detail, errors };
  const headers = { ...SAFETY_HEADERS, "cache-control": "no-store", ...refused.headers };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}
