/**
 * The second stage: the differences of a pair's two answers. Facts only; rules and noise come after it.
 * Also used on a reference and its second answer, which is how noise is learned.
 */
import { type Answer, answered, referenceOf } from "../pair/pair.ts";
import type { Case } from "../verdict/case.ts";
import { mayHaveBody } from "./answer.ts";
import { withDifferences } from "./claims.ts";
import type { Difference } from "./difference.ts";
import { bodyDifferences } from "./differences/body.ts";
import { headerDifferences } from "./differences/headers.ts";
import { type Comparison, DEFAULT_COMPARISON } from "./settings.ts";

/** Adds the differences of the shadow against the reference. A settled case is returned as it is. */
export function extractDiffs(c: Case): Case {
  if (c.settled) return c;
  const reference = referenceOf(c.pair);
  if (!answered(reference) || !answered(c.pair.shadow)) return c;
  return withDifferences(
    c,
    answerDifferences(reference, c.pair.shadow, { method: c.pair.request.method, comparison: c.comparison }),
  );
}

/** The request's method, and what its repository says about comparing. */
export interface AnswerContext {
  readonly method: string;
  readonly comparison?: Comparison;
}

/**
 * Headers and bodies of two answers. Bodies are compared when both answers are of the same kind: what stands in an error
 * page where there was an answer says no more than its status. The status itself is judged by the structural check.
 */
export function answerDifferences(
  reference: Answer,
  shadow: Answer,
  { method, comparison = DEFAULT_COMPARISON }: AnswerContext,
): readonly Difference[] {
  const headers = headerDifferences(reference, shadow).filter(outlivesStatus(reference, shadow));
  const comparable = sameKind(reference.status, shadow.status) && mayHaveBody(method, shadow.status);
  return comparable && !isRedirect(shadow.status)
    ? [...headers, ...bodyDifferences(reference, shadow, comparison)]
    : headers;
}

/** The body of a redirect repeats its target for people without a browser. */
function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** Answers of one class of status: both serve, both redirect, both fail alike. */
export function sameKind(reference: number, shadow: number): boolean {
  return Math.floor(reference / 100) === Math.floor(shadow / 100);
}

/** Of an answer of another kind only lost CORS and security headers are news; the rest follows from the status. */
function outlivesStatus(reference: Answer, shadow: Answer): (difference: Difference) => boolean {
  if (sameKind(reference.status, shadow.status)) return () => true;
  return (difference) => /^header:(access-control-|strict-transport|content-security|x-frame)/.test(difference.path);
}
