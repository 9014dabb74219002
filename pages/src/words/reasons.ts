/** The API's short reasons in words. An unknown reason is shown as it came: newer Workers may know more of them. */

const SKIPPED: Readonly<Record<string, string>> = {
  credentials: "carried credentials without a test identity",
  method: "method is not mirrored",
  stream: "streamed answer",
  upgrade: "connection upgrade",
  "not-modified": "answered 304",
  partial: "answered 206",
  cached: "answered from a cache",
  "body-size": "request body too large",
  "fan-out": "another shadow had its turn",
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
