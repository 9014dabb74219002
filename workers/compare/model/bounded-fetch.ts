/** `fetch` whose answers are read whole and at most to a limit: the SDK itself would parse whatever size arrives. */

/** An answer is a few kilobytes; with headers of error pages a few more. */
export const MAX_ANSWER_BYTES = 256 * 1024;

export async function boundedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  const body = await readAtMost(response, MAX_ANSWER_BYTES);
  return new Response(response.status === 204 ? null : body, { status: response.status, headers: response.headers });
}

async function readAtMost(response: Response, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    size += chunk.value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new Error("the answer is larger than any answer should be");
    }
    chunks.push(chunk.value);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
