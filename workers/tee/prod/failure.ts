/** What the client gets when production cannot be reached: what it would get without us, and nothing of our own inside. */

/**
 * Behind a route the error goes on to the runtime, which sends the request to the origin itself and answers like the
 * origin's edge. With an address of the settings there is nothing behind us, so this is the gateway's answer.
 */
export function answerWithoutProd(error: unknown, origin: string): Response {
  if (origin === "") throw error;
  return new Response("Bad Gateway\n", { status: 502, headers: { "content-type": "text/plain" } });
}
