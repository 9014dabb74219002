/** What simple comparisons would say of the same pairs: the ground the engine has to stand above. They are nobody's product. */
import { diff } from "jsondiffpatch";
import { readPair } from "../../cli/compare/read-pair.ts";
import { type Answer, answered, referenceOf } from "../../core/pair/pair.ts";
import type { Verdict } from "../../core/verdict/severity.ts";

type Baseline = (line: string) => Verdict;

/** Headers that any proxy leaves out before it compares. */
const USUAL_NOISE = new Set(["date", "etag", "age", "content-length", "server", "x-request-id"]);

export const BASELINES: Readonly<Record<string, Baseline>> = {
  "any difference is Critical": (line) =>
    judged(line, (reference, shadow) => (rest(reference) === rest(shadow) ? "Safe" : "Critical")),
  "jsondiffpatch, usual headers ignored": (line) =>
    judged(line, (reference, shadow) => {
      const body = bodyVerdict(reference.body, shadow.body);
      if (reference.status < 400 && shadow.status >= 400) return "Critical";
      return body === "Safe" && (reference.status !== shadow.status || headersOf(reference) !== headersOf(shadow))
        ? "Warning"
        : body;
    }),
};

function judged(line: string, judge: (reference: Answer, shadow: Answer) => Verdict): Verdict {
  const read = readPair(line);
  if (!read.ok) throw new Error(read.reason);
  const reference = referenceOf(read.value);
  const { shadow } = read.value;
  return answered(reference) && answered(shadow) ? judge(reference, shadow) : "Critical";
}

function rest({ status, headers, body }: Answer): string {
  return JSON.stringify({ status, headers, body });
}

function headersOf({ headers }: Answer): string {
  return JSON.stringify(
    Object.entries(headers)
      .filter(([name]) => !USUAL_NOISE.has(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A field removed or of another type is Critical, any other difference a Warning; bodies that are no JSON are compared as text. */
function bodyVerdict(reference: string, shadow: string): Verdict {
  const [left, right] = [parsed(reference), parsed(shadow)];
  if (left === undefined || right === undefined) return reference === shadow ? "Safe" : "Warning";
  const delta = diff(left, right);
  if (delta === undefined) return "Safe";
  return hasLoss(delta) ? "Critical" : "Warning";
}

/** jsondiffpatch writes `[before, 0, 0]` for what is gone and `[before, after]` for a change. */
function hasLoss(delta: unknown): boolean {
  if (Array.isArray(delta)) {
    const before: unknown = delta[0];
    const after: unknown = delta[1];
    return delta.length === 3 ? delta[2] === 0 : delta.length === 2 && typeof before !== typeof after;
  }
  return typeof delta === "object" && delta !== null && Object.values(delta).some(hasLoss);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
