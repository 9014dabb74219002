/** The headers that the gateway in front of shadow and base asks for: a secret of the operator's, never part of a registration. */
import { HeaderMapSchema } from "../../../core/wire/api/mirroring.ts";
import { type Refused, refuse } from "../http/reply.ts";

type Read = { readonly ok: true; readonly value: Readonly<Record<string, string>> } | Refused;

const WRONG = "The secret SHADOW_INFRA_SERVICE_HEADERS is no JSON object of header names and values.";

/** Names in lower case. Nothing is leased while the secret cannot be read: every answer would be the gateway's refusal. */
export function readServiceHeaders(secret: string | undefined): Read {
  if (secret === undefined || secret.trim() === "") return { ok: true, value: {} };
  const read = HeaderMapSchema.safeParse(jsonIn(secret));
  if (!read.success) return refuse("settings-unreadable", WRONG);
  const named = Object.entries(read.data).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { ok: true, value: Object.fromEntries(named) };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
