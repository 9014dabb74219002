/**
 * The `fetch` octokit calls with: every attempt has a time limit, and answers are asked for again by their entity tag, because an
 * answer "304 Not Modified" costs nothing of the hourly limit.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
import { createHash } from "node:crypto";
import { createMemory } from "./memory.ts";

/** Of all answers kept, in characters. A page of 100 pull requests has about 2 million. */
const MOST_KEPT_CHARS = 32_000_000;

/** A file's text in base64 has 1.4 million; the longest lists of a folder 7 million. Nothing that is larger is of use. */
const MOST_ANSWER_BYTES = 32_000_000;

interface Kept {
  readonly etag: string;
  readonly text: string;
  readonly headers: readonly (readonly [string, string])[];
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export function createFetch(timeoutMs: number): Fetch {
  const kept = createMemory<Kept>(MOST_KEPT_CHARS);

  return async (url, init) => {
    const headers = new Headers(init.headers);
    const key = init.method === "GET" ? keyOf(url, headers) : null;
    const known = key === null ? undefined : kept.get(key);
    if (known !== undefined) headers.set("if-none-match", known.etag);
    const response = bounded(await fetch(url, { ...init, headers, signal: AbortSignal.timeout(timeoutMs) }));
    if (known !== undefined && response.status === 304) return answerOf(url, known);
    const etag = response.headers.get("etag");
    if (key === null || etag === null || response.status !== 200) return response;
    const fresh = { etag, text: await response.text(), headers: [...response.headers] };
    kept.set(key, fresh, fresh.text.length);
    return answerOf(url, fresh);
  };
}

/** The same answer, which breaks off where it is too long: what was unpacked counts, not what came over the wire. */
function bounded(response: Response): Response {
  if (response.body === null) return response;
  let bytes = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        bytes += chunk.byteLength;
        if (bytes > MOST_ANSWER_BYTES) controller.error(new Error(`an answer of more than ${MOST_ANSWER_BYTES} bytes`));
        else controller.enqueue(chunk);
      },
    }),
  );
  const { status, statusText, headers, url } = response;
  return Object.defineProperty(new Response(counted, { status, statusText, headers }), "url", { value: url });
}

/** Octokit reads the address of an answer, which one made by hand does not have. */
function answerOf(url: string, { text, headers }: Kept): Response {
  const entries = headers.map(([name, value]): [string, string] => [name, value]);
  return Object.defineProperty(new Response(text, { status: 200, headers: entries }), "url", { value: url });
}

/** Two tokens may see two things at one address. The token itself is not kept. */
function keyOf(url: string, headers: Headers): string {
  const whose = createHash("sha256")
    .update(headers.get("authorization") ?? "")
    .digest("hex");
  return `${whose} ${headers.get("accept") ?? ""} ${url}`;
}
