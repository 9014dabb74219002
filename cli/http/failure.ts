/** Why a request has no answer: Node's codes as the few reasons that people and pairs know. */
import type { FailureReason } from "../../core/pair/pair.ts";

/** By Node's codes: https://nodejs.org/api/errors.html. What has no code is the server's grammar. */
const REASONS: readonly (readonly [RegExp, FailureReason])[] = [
  [/^(?:ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_CONNECT_TIMEOUT|ABORT_ERR)$/, "timeout"],
  [/^(?:ENOTFOUND|EAI_\w+)$/, "dns"],
  [/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EACCES)$/, "refused"],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/, "reset"],
  [/TLS|SSL|CERT|SIGNATURE|SELF_SIGNED|EPROTO/, "tls"],
];

export function failureOf(error: unknown): FailureReason {
  const code = codeOf(error) ?? "";
  return REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? "protocol";
}

/** Node's own name for it, such as `ECONNREFUSED`. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error ? String(error.code) : null;
}
