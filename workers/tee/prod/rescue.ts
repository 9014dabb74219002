/**
 * What the client gets when something of ours has thrown: production's answer, from where the passage got to. On purpose it
 * shares no code with the ordinary way: what broke there must not break it here, and production is never asked twice.
 */
import type { Passage } from "./passage.ts";

/** Rejects only when production itself could not be reached. */
export async function rescue(passage: Passage | undefined, request: Request, origin: string): Promise<Response> {
  if (passage?.response !== undefined) return passage.response;
  if (passage?.fetched !== undefined) return passage.fetched;
  return fetch(toProd(passage, request, origin));
}

function toProd(passage: Passage | undefined, request: Request, origin: string): Request {
  const whole = passage?.forProd ?? request;
  const branch = whole === request ? passage?.sent?.[0] : undefined;
  const sent = branch === undefined ? whole : new Request(request, { method: request.method, body: branch });
  return origin === "" ? sent : new Request(new URL(request.url.replace(/^https?:\/\/[^/?#]*/, ""), origin), sent);
}

/** Ends the copies nobody reads any more: an unread branch would buffer the whole body, and break the client's at the end. */
export function abandonCopies({ sent, received }: Passage): void {
  for (const copy of [sent?.[1], received?.body]) if (copy?.locked === false) copy.cancel().catch(() => undefined);
}
