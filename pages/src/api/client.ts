/** The one place that talks to the report API. What arrives is checked against the contract before a screen sees it. */
import { config, prettifyError, type ZodType } from "zod";
import { errorOf, refusal } from "./failure.ts";

// zod would otherwise try to compile its checks, which the Content-Security-Policy forbids and the browser reports.
config({ jitless: true });

export interface ApiQuery<T> {
  /** Path on this origin, segments already encoded. */
  readonly path: string;
  readonly schema: ZodType<T>;
  readonly signal: AbortSignal;
}

/** Reads one resource. Rejects with an error that carries an `ApiFailure`. */
export async function read<T>({ path, schema, signal }: ApiQuery<T>): Promise<T> {
  const response = await reach(path, signal);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw errorOf(refusal(response.status, body));
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw errorOf({ kind: "unknown-form", status: response.status, code: "", detail: prettifyError(parsed.error) });
}

async function reach(path: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, { signal, headers: { accept: "application/json" } });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw errorOf({ kind: "unreachable", status: 0, code: "", detail: "" });
  }
}
