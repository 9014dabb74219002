/**
 * `POST /webhook`: the whole HTTP conversation with GitHub. Size and type are looked at before the body, the signature before
 * anything in it; what a believed delivery means is the receiver's.
 */
import type { Log } from "../log.ts";
import type { Delivery, Reception } from "../webhooks/receiver.ts";
import type { Verified } from "../webhooks/signature.ts";
import { bodyReader, MAX_BODY_BYTES } from "./body.ts";
import type { DeliveryCounters } from "./counters.ts";
import { type ProblemCode, problem } from "./problem.ts";

export interface WebhookParts {
  readonly verify: (body: Uint8Array, signature: string | undefined) => Promise<Verified>;
  readonly receive: (delivery: Delivery) => Reception;
  readonly counters: DeliveryCounters;
  readonly log: Log;
}

/** GitHub gives up after 10 seconds: https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks */
export const BODY_LIMIT_MS = 10_000;

/** A delivery's id is a GUID, its event a short word. Longer ones are not GitHub's. */
const MAX_HEADER_CHARS = 100;

const WORDS: Readonly<Partial<Record<ProblemCode, string>>> = {
  "body-too-large": `At most ${MAX_BODY_BYTES} bytes are read. What the delivery told is found by the next look at all pull requests.`,
  "body-too-slow": "The body broke off or took too long. GitHub's deliveries page can send it again.",
  busy: "Send it again later. Nothing is lost: all pull requests are looked at every 5 minutes.",
  "signature-missing":
    "There is no X-Hub-Signature-256 header. Set a secret in the webhook's settings, the same as GITHUB_WEBHOOK_SECRET.",
  "signature-wrong":
    "The webhook's secret on GitHub and GITHUB_WEBHOOK_SECRET differ, or something on the way changed the body.",
  "not-an-object": "GitHub's payloads are JSON objects.",
};

/** Answers a delivery: 202 with what it means, or why it is refused. */
export function webhookOf(parts: WebhookParts): (request: Request) => Promise<Response> {
  const read = bodyReader();
  return async (request) => {
    const type = typeRefusal(request.headers.get("content-type") ?? "");
    const answer = type ?? (await answered(request, parts, read));
    if (!answer.ok) parts.counters.count(request.headers.get("x-github-event") ?? "", "refused");
    return answer;
  };
}

async function answered(request: Request, parts: WebhookParts, read: ReturnType<typeof bodyReader>): Promise<Response> {
  const body = await read(request);
  if (!body.ok) return refused(body.reason);
  const verified = await parts.verify(body.bytes, request.headers.get("x-hub-signature-256") ?? undefined);
  return verified.ok ? believed(verified.text, request.headers, parts) : refused(verified.fault);
}

function typeRefusal(contentType: string): Response | null {
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json") return null;
  const detail =
    type === "application/x-www-form-urlencoded"
      ? 'The webhook is set to send forms. Choose the content type "application/json" in its settings on GitHub.'
      : `The content type is "${type.slice(0, MAX_HEADER_CHARS)}". Choose "application/json" in the webhook's settings on GitHub.`;
  return problem("not-json", detail, { accept: "application/json", connection: "close" });
}

function believed(text: string, headers: Headers, { receive, counters, log }: WebhookParts): Response {
  const [id, event] = [headers.get("x-github-delivery") ?? "", headers.get("x-github-event") ?? ""];
  for (const [name, value] of [
    ["X-GitHub-Delivery", id],
    ["X-GitHub-Event", event],
  ] as const)
    if (value === "" || value.length > MAX_HEADER_CHARS)
      return problem(
        "header-missing",
        `${name} has to have 1 to ${MAX_HEADER_CHARS} characters. Does something on the way remove it?`,
      );
  const payload = objectOf(text);
  if (payload === null) return refused("not-an-object");
  const reception = receive({ id, event, payload });
  counters.count(event, reception.kind === "wake" ? "woke" : reception.kind);
  log.info({ delivery: id, event, outcome: reception }, "a delivery was taken");
  return Response.json(wordsOf(reception), { status: 202 });
}

function wordsOf(reception: Reception): object {
  if (reception.kind === "wake") return { accepted: reception.wakeUps };
  return { ignored: reception.kind === "ignored" ? reception.reason : "this delivery came before" };
}

function objectOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** The connection ends with it where a body may still be on its way: nobody reads that. */
function refused(code: ProblemCode): Response {
  return problem(code, WORDS[code] ?? "", { connection: "close" });
}
