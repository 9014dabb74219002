/** Redacts a pair before it leaves where it was captured: request and every answer, headers, addresses and bodies. */
import { answered, type Observation, type Pair, type PairRequest } from "../pair/pair.ts";
import { redactAddress } from "./address.ts";
import { redactBody } from "./body.ts";
import { redactHeaders } from "./headers.ts";
import type { Redaction } from "./redaction.ts";
import { redactionWith } from "./redaction-with.ts";
import { DEFAULT_RULES, type RedactionRules } from "./rules.ts";
import type { Redactor } from "./token.ts";

/** The same pair without secrets. Equal values stay equal, different ones stay different; null and empty stay as they are. */
export function redactPair<P extends Pair>(pair: P, redactor: Redactor, rules: RedactionRules = DEFAULT_RULES): P {
  const redaction = redactionWith(redactor, rules);
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

/** Path and query alone: for what is counted by route and never becomes a pair. */
export function redactPath(path: string, redactor: Redactor, rules: RedactionRules = DEFAULT_RULES): string {
  return redactAddress(path, redactionWith(redactor, rules));
}

function redactRequest({ bodyEncoding, ...request }: PairRequest, redaction: Redaction): PairRequest {
  return {
    ...request,
    path: redactAddress(request.path, redaction),
    headers: redactHeaders(request.headers, redaction),
    body: request.body === null ? null : redactBody({ body: request.body, bodyEncoding }, request.headers, redaction),
  };
}

function redactSide(side: Observation, redaction: Redaction): Observation {
  if (!answered(side)) return side;
  const { bodyEncoding, ...answer } = side;
  const { body, truncated, headers } = side;
  return {
    ...answer,
    headers: redactHeaders(headers, redaction),
    body: redactBody({ body, bodyEncoding, truncated }, headers, redaction),
  };
}
