/** Which names are secret, remembered per isolate: each request asks for the same few, and reading a name as words takes time. */
import { isSecretName } from "../../../core/redact/names.ts";

/** Names are anything a client sends; when there are too many, all are forgotten. */
const MAX_NAMES = 1_000;

const known = new Map<string, boolean>();

export function isKnownSecret(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  if (known.size >= MAX_NAMES) known.clear();
  const secret = isSecretName(name);
  known.set(name, secret);
  return secret;
}
