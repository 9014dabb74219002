/** What an operation of the report API is: the form of a row of the contract. */
import type { z } from "zod";
import type { ProblemCode } from "../problem.ts";

/**
 * Who may call: anyone; people who read reports (and the service); the same people for what they may change; or only the
 * service token's holder.
 */
export type Audience = "anyone" | "reader" | "operator" | "service";

export type MediaType = "application/json" | "text/html" | "text/plain";

export interface AnswerForm {
  readonly type: MediaType;
  /** Absent where the answer is no JSON of ours. */
  readonly schema?: z.ZodType;
}

export interface Operation {
  readonly method: "get" | "put" | "post" | "delete";
  /** In OpenAPI's notation: `/api/pairs/{id}`. */
  readonly path: string;
  readonly audience: Audience;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Answers by status. */
  readonly answers: Readonly<Record<number, AnswerForm>>;
  /** Errors of its own; those of authentication, form and size belong to all and are not repeated here. */
  readonly problems: readonly ProblemCode[];
}

export function json<S extends z.ZodType>(schema: S): AnswerForm & { readonly schema: S } {
  return { type: "application/json", schema };
}
