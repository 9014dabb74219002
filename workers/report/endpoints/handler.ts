/** What an endpoint is: a function from checked input to a reply. Types come from the contract table. */
import type { z } from "zod";
import type { OPERATIONS, OperationId } from "../../../core/wire/api/contract.ts";
import type { Operation } from "../../../core/wire/api/operation.ts";
import type { Reply } from "../http/reply.ts";
import type { Env } from "../settings.ts";
import type { Database } from "../store/database.ts";

export interface Context {
  readonly db: Database;
  readonly env: Env;
  /** Unix milliseconds at which the request arrived. */
  readonly now: number;
  /** Work that goes on after the answer. */
  readonly later: (work: Promise<unknown>) => void;
}

type Parsed<O extends Operation, Part extends "params" | "query" | "body"> =
  O extends Record<Part, z.ZodType> ? z.output<O[Part]> : undefined;

export interface InputOf<O extends Operation> {
  readonly params: Parsed<O, "params">;
  readonly query: Parsed<O, "query">;
  readonly body: Parsed<O, "body">;
}

type JsonOf<A> = A extends { readonly schema: infer S extends z.ZodType } ? z.input<S> : unknown;

/** The JSON an operation answers with; `unknown` for those that answer with text. */
export type AnswerOf<O extends Operation> = JsonOf<O["answers"][keyof O["answers"]]>;

export type Handler<Id extends OperationId> = (
  input: InputOf<(typeof OPERATIONS)[Id]>,
  context: Context,
) => Promise<Reply<AnswerOf<(typeof OPERATIONS)[Id]>>> | Reply<AnswerOf<(typeof OPERATIONS)[Id]>>;
