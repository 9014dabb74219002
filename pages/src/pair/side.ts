/** What can be said of one side of a pair without looking at the other. */
import type { PairDetail } from "../../../core/wire/api/pairs.ts";

export type Exchange = NonNullable<PairDetail["exchange"]>;
export type Side = Exchange["prod"];
export type Answer = Extract<Side, { readonly status: number }>;
export type Finding = PairDetail["findings"][number];

/** What the shadow was judged against. */
export interface Reference {
  readonly name: "Prod" | "Base";
  readonly side: Side;
}

/** The base stack where it answered, otherwise production. */
export function referenceOf({ prod, base }: Exchange): Reference {
  return base !== undefined && "status" in base ? { name: "Base", side: base } : { name: "Prod", side: prod };
}

/** The side's answer, or null when it gave none. */
export function answerOf(side: Side): Answer | null {
  return "status" in side ? side : null;
}

/** The body's full size in bytes; of a cut body without a known size, what was kept. Null without an answer. */
export function byteLength(side: Side): number | null {
  const answer = answerOf(side);
  if (answer === null) return null;
  if (answer.bodyBytes !== undefined) return answer.bodyBytes;
  return answer.bodyEncoding === "base64" ? base64Bytes(answer.body) : new TextEncoder().encode(answer.body).length;
}

function base64Bytes(text: string): number {
  return Math.floor((text.replace(/=+$/, "").length * 3) / 4);
}
