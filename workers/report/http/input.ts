/** Reads what a caller sent and checks it against the operation's schemas. Nothing unchecked passes this file. */
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { z } from "zod";
import type { Operation } from "../../../core/wire/api/operation.ts";
import { type Refused, refuse } from "./reply.ts";
import { respond } from "./respond.ts";

/** Two bodies at the tee's capture limit (256 KB a side) fit even when JSON escapes double them. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** Refuses larger bodies while they arrive, also without a Content-Length. */
export const limitBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => respond(refuse("body-too-large", `At most ${MAX_BODY_BYTES} bytes.`)),
});

export interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

type Checked<T> = { readonly ok: true; readonly value: T } | Refused;

/** Parameters, query and body as the schemas make them. */
export async function readInput(operation: Operation, c: Context): Promise<Checked<Input>> {
  const params = check("path", operation.params, c.req.param());
  if (!params.ok) return params;
  const query = check("query", operation.query, c.req.query());
  if (!query.ok) return query;
  const body = await readBody(operation, c.req.raw);
  return body.ok ? { ok: true, value: { params: params.value, query: query.value, body: body.value } } : body;
}

async function readBody(operation: Operation, request: Request): Promise<Checked<unknown>> {
  if (operation.body === undefined) return { ok: true, value: undefined };
  const text = await request.text();
  // Nothing at all has no type either.
  if (text === "" && operation.body.safeParse(undefined).success) return check("body", operation.body, undefined);
  if (!isJson(request.headers.get("content-type"))) return refuse("not-json", "Send `content-type: application/json`.");
  try {
    return check("body", operation.body, JSON.parse(text));
  } catch (error) {
    return refuse("invalid-request", `The body is not valid JSON: ${String(error)}`);
  }
}

/** `application/json` and its relatives, such as `application/problem+json`. */
function isJson(contentType: string | null): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType?.trim() ?? "");
}

function check(where: string, schema: z.ZodType | undefined, value: unknown): Checked<unknown> {
  if (schema === undefined) return { ok: true, value: undefined };
  const read = schema.safeParse(value);
  if (read.success) return { ok: true, value: read.data };
  const errors = read.error.issues.map(({ path, message }) => ({
    at: [where, ...path.map(String)].join("."),
    message,
  }));
  return { ...refuse("invalid-request", errors.map(({ at, message }) => `${at}: ${message}`).join("; ")), errors };
}
