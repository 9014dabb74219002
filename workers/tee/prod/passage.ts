/**
 * How far a request has come on its way to production and back. It is written down at every step, so that whatever of ours
 * throws, `rescue.ts` can go on from there: production is asked once, and no branch of a body that was split is lost.
 */
import type { DropReason } from "../../../core/wire/sync.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import type { Holding } from "../capture/memory.ts";
import type { Visit } from "../mirror/visit.ts";

type Bytes = ReadableStream<Uint8Array>;

/** Changed in place: a new object could be lost between two steps. */
export interface Passage {
  /** What goes to production: the client's request, or one with the first branch of its body. */
  forProd: Request;
  /** The request's body in two, for production and for the copy. */
  sent?: readonly [Bytes, Bytes];
  /** Production's answer under way: it was asked. */
  fetched?: Promise<Response>;
  /** Production's answer: what the client gets, also after a copy was split off. */
  response?: Response;
  /** The copy of the answer that was split off. */
  received?: Response;
  /** Undefined for requests that pass untouched. */
  visit?: Visit;
  /** Room for the copies, or the limit that has none left; undefined where nothing has to be copied. */
  holding?: Holding | DropReason;
  /** Where it is mirrored to. Undefined: not decided yet. */
  targets?: readonly RoutedTarget[];
  /** The work in the background, which then answers for the counting. */
  followed?: Promise<void>;
}

/** Splits a request's body. The two assignments are single steps: `rescue.ts` knows the state between them. */
export function splitRequest(passage: Passage, body: Bytes): Bytes {
  const { forProd } = passage;
  passage.sent = body.tee();
  passage.forProd = new Request(forProd, { method: forProd.method, body: passage.sent[0] });
  return passage.sent[1];
}
