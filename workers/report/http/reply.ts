/** What an endpoint hands back: an answer or a refusal with a stable code. Only `respond.ts` makes HTTP of it. */
import type { MediaType } from "../../../core/wire/api/operation.ts";
import type { Problem, ProblemCode } from "../../../core/wire/problem.ts";

export interface Done<T> {
  readonly ok: true;
  readonly status: number;
  readonly body: T;
  /** Absent: JSON. A text answer's body is sent as it is. */
  readonly type?: MediaType;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Refused {
  readonly ok: false;
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly errors?: Problem["errors"];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is JSON already, as it was kept: reading it only to write it again would cost more than finding it. */
export interface Kept {
  readonly ok: true;
  readonly status: 200;
  readonly json: string;
}

export type Reply<T> = Done<T> | Kept | Refused;

export function done<T>(body: T, status = 200): Done<T> {
  return { ok: true, status, body };
}

export function kept(json: string): Kept {
  return { ok: true, status: 200, json };
}

export function refuse(code: ProblemCode, detail?: string): Refused {
  return { ok: false, code, detail };
}
