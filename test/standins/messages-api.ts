/**
 * A local HTTP server that speaks the Messages API, for tests of the model stage with the real SDK in front of it.
 * It checks what it is sent the way the API does, and answers as it is told to.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type Anthropic from "@anthropic-ai/sdk";
import { z } from "zod";
import { listen } from "../servers/http.ts";

/** What the API would refuse with a 400. */
const RequestSchema = z.object({
  model: z.string().min(1),
  max_tokens: z.int().positive(),
  system: z.array(
    z.object({
      type: z.literal("text"),
      text: z.string().min(1),
      cache_control: z.object({ type: z.literal("ephemeral") }).optional(),
    }),
  ),
  messages: z.array(z.object({ role: z.enum(["user", "assistant"]), content: z.string().min(1) })).min(1),
  output_config: z.object({
    format: z.object({
      type: z.literal("json_schema"),
      schema: z.looseObject({ type: z.literal("object"), additionalProperties: z.literal(false) }),
    }),
  }),
});
export type SeenRequest = z.infer<typeof RequestSchema>;

export interface Reply {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly delayMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection breaks after this many bytes of the body. */
  readonly brokenAfter?: number;
}

export type Behaviour = (request: SeenRequest, n: number) => Reply | "hang";

export interface MessagesApi {
  readonly url: string;
  /** All well-formed requests so far. */
  readonly requests: readonly SeenRequest[];
  behave(behaviour: Behaviour): void;
  /** Forgets the requests. */
  forget(): void;
  close(): Promise<void>;
}

export async function startMessagesApi(): Promise<MessagesApi> {
  let requests: SeenRequest[] = [];
  let behaviour: Behaviour = () => answer({ verdict: "Warning", reasoning: "A value changed." });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const checked = await check(request);
    if (typeof checked === "string") return send(response, failure(400, "invalid_request_error", checked));
    requests.push(checked);
    const reply = behaviour(checked, requests.length);
    if (reply !== "hang") send(response, reply);
  };
  const server = await listen((request, response) => void serve(request, response));
  return {
    url: server.url,
    get requests() {
      return requests;
    },
    behave: (next) => {
      behaviour = next;
    },
    forget: () => {
      requests = [];
    },
    close: () => server.close(),
  };
}

async function check(request: IncomingMessage): Promise<SeenRequest | string> {
  if (request.method !== "POST" || request.url !== "/v1/messages")
    return `no such endpoint: ${request.method} ${request.url}`;
  if (!/^Bearer .+/.test(request.headers.authorization ?? "") && request.headers["x-api-key"] === undefined)
    return "no credentials";
  if (request.headers["anthropic-version"] === undefined) return "no anthropic-version";
  const body = RequestSchema.safeParse(await json(request));
  return body.success ? body.data : z.prettifyError(body.error);
}

function send(response: ServerResponse, { status, body, delayMs = 0, headers = {}, brokenAfter }: Reply): void {
  setTimeout(() => {
    const bytes = Buffer.from(body);
    const length = { "content-length": bytes.length };
    response.writeHead(status, {
      "content-type": "application/json",
      "request-id": "req_standin",
      ...length,
      ...headers,
    });
    if (brokenAfter === undefined) response.end(bytes);
    else response.write(bytes.subarray(0, brokenAfter), () => response.destroy());
  }, delayMs);
}

/** A whole answer whose text is the JSON of `output`, or `output` itself when it is text. */
export function answer(output: unknown, overrides: Partial<Anthropic.Message> = {}): Reply {
  const text = typeof output === "string" ? output : JSON.stringify(output);
  const message = {
    id: "msg_standin",
    type: "message",
    role: "assistant",
    model: "claude-sonnet-4-6",
    content: [{ type: "text", text, citations: null }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 900, output_tokens: 60, cache_creation_input_tokens: 2_600, cache_read_input_tokens: 0 },
    ...overrides,
  };
  return { status: 200, body: JSON.stringify(message) };
}

export function failure(status: number, type: string, message: string, headers: Reply["headers"] = {}): Reply {
  return {
    status,
    headers,
    body: JSON.stringify({ type: "error", error: { type, message }, request_id: "req_standin" }),
  };
}
