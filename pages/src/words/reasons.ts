/** The API's short reasons in words. An unknown reason is shown as it came: newer Workers may know more of them. */

const SKIPPED: Readonly<Record<string, string>> = {
  credentials: "carried credentials without a test identity",
  method: "method is not mirrored",
  route: "left out by the deployment's filters",
  stream: "streamed answer",
  upgrade: "connection upgrade",
  "not-modified": "answered 304",
  partial: "answered 206",
  cached: "answered from a cache",
  "body-size": "request body too large",
  "fan-out": "another shadow had its turn",
  "rate-cap": "over the cap of requests a second",
  breaker: "the shadow did not answer at that time",
  stale: "an older or newer push of the shadow answered",
  environment: "the base stack does not answer like production",
};

const DROPPED: Readonly<Record<string, string>> = {
  "in-flight": "too many requests in flight",
  memory: "capture memory was full",
  queue: "the queue did not take it",
  internal: "fault of the tee",
};

const FAILED: Readonly<Record<string, string>> = {
  timeout: "it did not finish in time",
  refused: "it refused the connection",
  reset: "it closed the connection",
  dns: "its host name was not found",
  tls: "TLS could not be agreed on",
  protocol: "it answered something that is not HTTP",
  unreached: "something in between answered, not the shadow",
};

const LOST: Readonly<Record<string, string>> = {
  isolate: "with an isolate that fell silent",
  queue: "sent, and not stored within an hour",
};

export function skipWords(reason: string): string {
  return SKIPPED[reason] ?? reason;
}

export function dropWords(reason: string): string {
  return DROPPED[reason] ?? reason;
}

export function failedWords(reason: string): string {
  return FAILED[reason] ?? reason;
}

export function lostWords(reason: string): string {
  return LOST[reason] ?? reason;
}
