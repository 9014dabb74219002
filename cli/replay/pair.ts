/** Makes a pair of a request and its answers, without secrets: what is written and what is judged are the same. */
import { createHmac, randomBytes } from "node:crypto";
import { answered, type HeaderValue, type Observation, type Pair } from "../../core/pair/pair.ts";
import { isSecretName } from "../../core/redact/names.ts";
import { redactPair } from "../../core/redact/pair.ts";
import type { RedactionRules } from "../../core/redact/rules.ts";
import type { Redactor } from "../../core/redact/token.ts";
import type { Sending, Server } from "./ask.ts";
import { asText } from "./body.ts";
import type { HeaderLine } from "./request.ts";

/** Hex digits of a token's hash. */
const HASH_DIGITS = 16;
/** What stands for a header of the command line that a service repeats. */
const MASK = "redacted:own";
/** Shorter values are no secrets, and would be found anywhere. */
const MIN_SECRET_CHARS = 6;

/** The servers that are asked. */
export interface Servers {
  readonly prod: Server;
  readonly shadow: Server;
  readonly base: Server | null;
}

/** The answers to one request. */
export type Sides = Pick<Pair, "prod" | "shadow" | "control" | "base" | "baseAgain">;

/** A key of its own for each run: tokens of two runs cannot be joined. */
export function freshRedactor(): Redactor {
  const key = randomBytes(32);
  const hash = (text: string): string => createHmac("sha256", key).update(text).digest("hex").slice(0, HASH_DIGITS);
  return { keyId: hash("key id").slice(0, 8), hash };
}

/** How one run makes its pairs. */
export interface PairMaking {
  readonly servers: Servers;
  readonly redactor: Redactor;
  readonly redaction: RedactionRules;
}

export function pairOf(
  { id, sent, sides }: { readonly id: string; readonly sent: Sending; readonly sides: Sides },
  { servers, redactor, redaction }: PairMaking,
): Pair {
  const { prod, shadow, base } = servers;
  const secrets = secretsOf(servers);
  const type = sent.headers.find(([name]) => name === "content-type")?.[1] ?? "";
  const pair: Pair = {
    id,
    hosts: { prod: prod.origin.host, shadow: shadow.origin.host, ...(base && { base: base.origin.host }) },
    request: {
      method: sent.method,
      path: sent.path,
      headers: plain(sent.headers),
      ...(sent.body === null ? { body: null } : asText(sent.body, type)),
    },
    prod: masked(sides.prod, secrets),
    shadow: masked(sides.shadow, secrets),
    ...(sides.control && { control: masked(sides.control, secrets) }),
    ...(sides.base && { base: masked(sides.base, secrets) }),
    ...(sides.baseAgain && { baseAgain: masked(sides.baseAgain, secrets) }),
  };
  return redactPair(pair, redactor, redaction);
}

function plain(lines: readonly HeaderLine[]): Readonly<Record<string, HeaderValue>> {
  const groups = [...Map.groupBy(lines, ([name]) => name)];
  return Object.fromEntries(
    groups.map(([name, group]) => [name, group.length === 1 ? (group[0]?.[1] ?? "") : group.map(([, value]) => value)]),
  );
}

/** Credentials of the command line, for all servers: one may be known to a server that it was not given to. */
function secretsOf({ prod, shadow, base }: Servers): readonly string[] {
  const lines = [prod, shadow, base].flatMap((server) => server?.headers ?? []);
  const values = lines.filter(([name]) => isSecretName(name)).map(([, value]) => value);
  return [...new Set(values)].filter((value) => value.length >= MIN_SECRET_CHARS);
}

function masked(side: Observation, secrets: readonly string[]): Observation {
  if (secrets.length === 0 || !answered(side)) return side;
  const mask = (text: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
  const headers = Object.entries(side.headers).map(([name, value]): [string, HeaderValue] => [
    name,
    typeof value === "string" ? mask(value) : value.map(mask),
  ]);
  return { ...side, headers: Object.fromEntries(headers), body: mask(side.body) };
}
