/** Why data could not be had, as a value the screens can explain. Carried by an Error because queries reject with one. */
import { ProblemSchema } from "../../../core/wire/problem.ts";

export interface ApiFailure {
  /** `unreachable`: nothing answered. `problem`: the API said no. `unknown-form`: an answer this page cannot read. */
  readonly kind: "unreachable" | "problem" | "unknown-form";
  /** HTTP status, 0 when nothing answered. */
  readonly status: number;
  /** The API's stable code of the problem; empty where there is none. */
  readonly code: string;
  readonly detail: string;
}

const failures = new WeakMap<Error, ApiFailure>();

/** An error that carries `failure`; read it back with `failureOf`. */
export function errorOf(failure: ApiFailure): Error {
  const error = new Error(failure.detail || failure.kind);
  failures.set(error, failure);
  return error;
}

/** The failure an error carries. Errors of our own count as an answer this page cannot read. */
export function failureOf(error: Error): ApiFailure {
  return failures.get(error) ?? { kind: "unknown-form", status: 0, code: "", detail: error.message };
}

/** Reads the API's refusal. A 5xx that is no problem document comes from something between us and the API. */
export function refusal(status: number, body: unknown): ApiFailure {
  const problem = ProblemSchema.safeParse(body);
  if (!problem.success) return { kind: status >= 500 ? "unreachable" : "problem", status, code: "", detail: "" };
  const { code, title, detail } = problem.data;
  const kind = code === "api-not-reachable" ? "unreachable" : "problem";
  return { kind, status, code, detail: detail ?? title };
}
