/** Refusals of the webhook service as RFC 9457 problem documents, and the table of every kind. A code is permanent. */

export const PROBLEMS = {
  "header-missing": { status: 400, title: "A header of GitHub's deliveries is missing" },
  "not-an-object": { status: 400, title: "The body is signed, and no JSON object" },
  "signature-missing": { status: 401, title: "The delivery is not signed" },
  "signature-wrong": { status: 401, title: "The signature does not belong to this body" },
  "no-such-path": { status: 404, title: "There is nothing at this path" },
  "method-not-allowed": { status: 405, title: "This path does not answer that method" },
  "body-too-slow": { status: 408, title: "The body did not arrive in time" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "not-json": { status: 415, title: "The body has to be JSON" },
  internal: { status: 500, title: "Something failed on our side" },
  busy: { status: 503, title: "Too many deliveries are arriving at once" },
  stopping: { status: 503, title: "The service is being stopped" },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** `detail` says what to do, in words for whoever set up the webhook. */
export function problem(code: ProblemCode, detail: string, headers: Readonly<Record<string, string>> = {}): Response {
  const { status, title } = PROBLEMS[code];
  const body = { type: `/problems/${code}`, title, status, detail, code };
  return Response.json(body, { status, headers: { ...headers, "content-type": "application/problem+json" } });
}
