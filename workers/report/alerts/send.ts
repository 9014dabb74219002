/** One message to one third party over HTTP. Addresses and keys are the operator's secrets: they stand in no error and no row. */
import type { Env } from "../settings.ts";
import type { MessageRow } from "../store/alerts.ts";

export type Sent = { readonly ok: true } | { readonly ok: false; readonly error: string; readonly again: boolean };

const TIMEOUT_MS = 10_000;
/** Of what a third party says of an error. */
const ERROR_MOST = 200;

/** Never rejects. */
export async function send({ channel, content }: MessageRow, env: Env): Promise<Sent> {
  const target = channel === "slack" ? env.SLACK_WEBHOOK_URL : env.PAGERDUTY_EVENTS_URL;
  const url = addressOf(target);
  const setting = channel === "slack" ? "SLACK_WEBHOOK_URL" : "PAGERDUTY_EVENTS_URL";
  if (url === null) return { ok: false, error: `${setting} is no https address.`, again: true };
  const body = channel === "slack" ? content : withKey(content, env.PAGERDUTY_ROUTING_KEY ?? "");
  try {
    return await post(url, body);
  } catch (error) {
    // Its message may name the address, which for Slack is the secret itself.
    return { ok: false, error: error instanceof Error ? error.name : "no answer", again: true };
  }
}

async function post(url: URL, body: string): Promise<Sent> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = (await response.text()).slice(0, ERROR_MOST);
  if (response.ok) return { ok: true };
  // Both say so of too many calls and of troubles of their own; anything else will be refused again.
  const again = response.status === 429 || response.status === 408 || response.status >= 500;
  return { ok: false, error: `${response.status} ${text}`, again };
}

/** The key is added last, so that no row holds it. */
function withKey(content: string, key: string): string {
  return `{"routing_key":${JSON.stringify(key)},${content.slice(1)}`;
}

/** Secrets travel encrypted, except to this machine itself. */
function addressOf(text: string | undefined): URL | null {
  const url = URL.parse(text ?? "");
  if (url === null) return null;
  const isLocal = url.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  return url.protocol === "https:" || isLocal ? url : null;
}
