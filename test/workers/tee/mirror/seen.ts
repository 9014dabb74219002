/** A captured answer for tests of what is made of it. */
import type { Seen } from "../../../../workers/tee/capture/answer.ts";

export interface SeenParts extends Partial<Omit<Seen, "headers" | "bytes">> {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** 200, JSON, complete; what is given replaces that. */
export function seen({ body = '{"a":1}', headers = {}, ...rest }: SeenParts = {}): Seen {
  const bytes = new TextEncoder().encode(body);
  return {
    status: 200,
    headers: new Headers({ "content-type": "application/json", ...headers }),
    bytes,
    truncated: false,
    latencyMs: 10,
    headersMs: 5,
    bodyBytes: bytes.byteLength,
    ...rest,
  };
}
