/**
 * The API as hono mounts it: one line per operation of the contract, the same steps for each.
 * who calls -> size -> what they sent -> endpoint -> ETag
 */
import { Hono, type Context as HonoContext, type MiddlewareHandler } from "hono";
import { OPERATIONS, type OperationId } from "../../core/wire/api/contract.ts";
import type { Operation } from "../../core/wire/api/operation.ts";
import { FAULTS_HEADER, formatFaults } from "../../core/wire/faults.ts";
import { authenticate } from "./auth/authenticate.ts";
import type { Context } from "./endpoints/handler.ts";
import { HANDLERS } from "./endpoints/handlers.ts";
import { withEtag } from "./http/etag.ts";
import { refusalOf } from "./http/failure.ts";
import { type Input, limitBody, readInput } from "./http/input.ts";
import { type Reply, refuse } from "./http/reply.ts";
import { respond } from "./http/respond.ts";
import { faultsOf, withFaults } from "./local/faults.ts";
import { databaseOf } from "./local/noted-statements.ts";
import type { Env } from "./settings.ts";
import { openDatabase } from "./store/database.ts";

export interface AppTypes {
  Bindings: Env;
}

type AnyHandler = (input: Input, context: Context) => Reply<unknown> | Promise<Reply<unknown>>;

export function createApp(): Hono<AppTypes> {
  const app = new Hono<AppTypes>();
  for (const [id, operation] of Object.entries<Operation>(OPERATIONS)) mount(app, id, operation);
  app.notFound((c) => notFound(c));
  app.onError((error) => {
    console.error(JSON.stringify({ event: "internal-error", error: error.stack ?? String(error) }));
    return respond(refusalOf(error));
  });
  return app;
}

function mount(app: Hono<AppTypes>, id: string, operation: Operation): void {
  // The table's keys are the handlers' keys, and `readInput` has checked what the handler's own types promise.
  const handler = HANDLERS[id as OperationId] as AnyHandler;
  const admit: MiddlewareHandler<AppTypes> = async (c, next) => {
    const refused = await authenticate(c.req.raw, operation.audience, c.env);
    return refused === null ? next() : respond(refused);
  };
  app.on(operation.method.toUpperCase(), honoPath(operation.path), admit, limitBody, async (c) => {
    const input = await readInput(operation, c);
    if (!input.ok) return respond(input);
    const faults = faultsOf(c.req.raw, c.env);
    const env = withFaults(c.env, faults);
    const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
    const reply = await handler(input.value, {
      db: openDatabase(databaseOf(env), env.CF_VERSION_METADATA),
      env,
      now: Date.now(),
      later,
    });
    const response = await finish(operation, c.req.raw, respond(reply));
    if (faults !== null) response.headers.set(FAULTS_HEADER, formatFaults(faults));
    return response;
  });
}

/** Reads can be revalidated; what the Worker says of itself, and answers to writes, are never kept. */
async function finish(operation: Operation, request: Request, response: Response): Promise<Response> {
  if (operation.method === "get" && operation.path.startsWith("/api/")) return withEtag(request, response);
  response.headers.set("cache-control", "no-store");
  return response;
}

/** `{id}` of OpenAPI is `:id` of hono. */
export function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

/** Unknown paths tell strangers nothing: who may not read gets the same refusal as everywhere. */
async function notFound(c: HonoContext<AppTypes>): Promise<Response> {
  const refused = await authenticate(c.req.raw, "reader", c.env);
  if (refused !== null) return respond(refused);
  const allowed = methodsOf(c.req.path);
  if (allowed.length === 0) return respond(refuse("no-such-path", `${c.req.method} ${c.req.path}`));
  return respond({ ...refuse("method-not-allowed"), headers: { allow: allowed.join(", ") } });
}

/** The methods a path answers; none for a path that is not in the contract. */
function methodsOf(path: string): readonly string[] {
  const operations = Object.values<Operation>(OPERATIONS);
  const fitting = operations.filter((operation) => pathPattern(operation.path).test(path));
  return fitting.flatMap(({ method }) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]));
}

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}
