/** Why a fetch gave no answer. The runtime tells it only by an error's name and words, so the words are read here and nowhere else. */
import type { FailureReason } from "../../../core/pair/pair.ts";

const BY_WORDS: readonly (readonly [RegExp, FailureReason])[] = [
  [/abort|timed? ?out/i, "timeout"],
  [/dns|resolve|getaddrinfo|name or service/i, "dns"],
  [/tls|ssl|certificate|handshake/i, "tls"],
  [/refused|connect\(\)|unreachable/i, "refused"],
  [/reset|lost|disconnected|closed|premature/i, "reset"],
];

export function failureReason(error: unknown): FailureReason {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return BY_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? "protocol";
}
