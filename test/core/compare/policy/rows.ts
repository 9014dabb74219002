/** Rows of the severity policy's tests: two bodies, what is special about them, and the verdict that the policy asks for. */
import { expect } from "vitest";
import type { Answer, Headers, PairRequest } from "../../../../core/pair/pair.ts";
import { EMPTY_MEMORY } from "../../../../core/verdict/case.ts";
import { judge } from "../../../../core/verdict/judge.ts";
import type { Severity } from "../../../../core/verdict/severity.ts";
import { pairOf } from "../../pair/builder.ts";

export interface Special {
  readonly type?: string;
  readonly status?: number;
  readonly headers?: readonly [Headers, Headers];
  readonly request?: Partial<PairRequest>;
  /** A second answer; `same`: production says the same again. */
  readonly control?: unknown;
  readonly truncated?: boolean;
}

/** Bodies that are no text are written as JSON. */
export type Row = readonly [Severity, string, unknown, unknown, Special?];

export function expectVerdict([severity, , prod, shadow, special = {}]: Row): void {
  const { control, request } = special;
  const second = control === undefined ? {} : { control: answerOf(control === "same" ? prod : control, special, 0) };
  const pair = pairOf({ prod: answerOf(prod, special, 0), shadow: answerOf(shadow, special, 1), ...second }, request);
  const { verdict, findings } = judge(pair, EMPTY_MEMORY).judged;
  expect({ verdict, because: verdict === severity ? "" : JSON.stringify(findings) }).toEqual({
    verdict: severity,
    because: "",
  });
}

function answerOf(body: unknown, special: Special, side: 0 | 1): Answer {
  const { type = "application/json", status = 200, headers, truncated } = special;
  return {
    status,
    headers: { "content-type": type, ...headers?.[side] },
    body: typeof body === "string" ? body : JSON.stringify(body),
    latencyMs: 20,
    ...(truncated === true ? { truncated, bodyBytes: 400_000 } : {}),
  };
}
