/** Redacts a captured pair before it leaves the tee: request and every answer, headers, addresses and bodies. */
import type { CapturedPair } from "../pair/captured.ts";
import { answered, type Observation, type PairRequest } from "../pair/pair.ts";
import { redactBody } from "./body.ts";
import { redactHeaders } from "./headers.ts";
import { type Redaction, redactionWith } from "./redaction.ts";
import { redactText } from "./text.ts";
import type { Redactor } from "./token.ts";

/** The same pair without secrets. Equal values stay equal, different ones stay different; null and empty stay as they are. */
export function redactPair(pair: CapturedPair, redactor: Redactor): CapturedPair {
  const redaction = redactionWith(redactor);
  return {
    ...pair,
    request: redactRequest(pair.request, redaction),
    prod: redactSide(pair.prod, redaction),
    shadow: redactSide(pair.shadow, redaction),
    ...(pair.control && { control: redactSide(pair.control, redaction) }),
    ...(pair.base && { base: redactSide(pair.base, redaction) }),
    ...(pair.baseAgain && { baseAgain: redactSide(pair.baseAgain, redaction) }),
  };
}

function redactRequest({ bodyEncoding, ...request }: PairRequest, redaction: Redaction): PairRequest {
  return {
    ...request,
    path: redactText(request.path, redaction),
    headers: redactHeaders(request.headers, redaction),
    body: request.body === null ? null : redactBody({ body: request.body, bodyEncoding }, request.headers, redaction),
  };
}

function redactSide(side: Observation, redaction: Redaction): Observation {
  if (!answered(side)) return side;
  const { bodyEncoding, ...answer } = side;
  return {
    ...answer,
    headers: redactHeaders(side.headers, redaction),
    body: redactBody({ body: side.body, bodyEncoding }, side.headers, redaction),
  };
}
