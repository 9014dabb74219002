/** `fetch` whose answers are read whole and at most to a limit: the SDK itself would parse whatever size arrives. */
import { readAtMost } from "../read-at-most.ts";

/** An answer is a few kilobytes; an error page may be more. */
const MAX_ANSWER_BYTES = 256 * 1024;

export async function boundedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (response.body === null) return response;
  const text = await readAtMost(response.body, MAX_ANSWER_BYTES);
  if (text === null) throw new Error("the answer is larger than any answer should be");
  return new Response(text, { status: response.status, headers: response.headers });
}
