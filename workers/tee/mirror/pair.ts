/** The pair of one mirrored request, before redaction: whole, or without bodies where the answers were settled as equal. */
import { ulid } from "ulid";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { answered, type HeaderValue, type NoAnswer, type Observation } from "../../../core/pair/pair.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import { observationOf, plainHeaders, type Seen } from "../capture/answer.ts";
import type { KnownSides } from "./outcome.ts";
import { type MirroredRequest, pairRequest } from "./request.ts";
import { STAMP_HEADER } from "./stamp.ts";

/** What a pair is made of. */
export interface Material {
  readonly target: RoutedTarget;
  readonly mirrored: MirroredRequest;
  readonly sides: KnownSides;
  /** The address the client asked. */
  readonly url: string;
  /** Unix milliseconds. */
  readonly arrivedAt: number;
}

/** Of all sides together. */
export function capturedBytes({ sides }: Material): number {
  const { prod, shadow, control, base, baseAgain } = sides;
  return [prod, shadow, control, base, baseAgain].reduce(
    (sum, side) => sum + (side === undefined || "failed" in side ? 0 : side.bytes.byteLength),
    0,
  );
}

export function wholePair(material: Material): CapturedPair {
  const pair = pairOf(material, (side) => masked(unstamped(observationOf(side)), ownSecrets(material.target)));
  return { ...pair, hosts: hostsOf(material) };
}

/** Each side links to itself by the host it was asked under. */
function hostsOf({ target, url }: Material): NonNullable<CapturedPair["hosts"]> {
  const base = target.settings.base === null ? {} : { base: hostOf(target.settings.base.origin) };
  return { prod: hostOf(url), shadow: hostOf(target.shadowOrigin), ...base };
}

/** Host and port of an address that a URL was made of already: cut out, because this runs for every pair. */
function hostOf(url: string): string {
  return /^[a-z]+:\/\/([^/?#]*)/.exec(url)?.[1] ?? "";
}

/** Bodies were equal byte for byte and are not carried; their size is. */
export function settledPair(material: Material): CapturedPair {
  const { target, mirrored } = material;
  const bodiless = { ...mirrored, body: null };
  const pair = pairOf({ ...material, mirrored: bodiless }, (side) =>
    masked(unstamped(withoutBody(side)), ownSecrets(target)),
  );
  return { ...pair, settled: "equal" };
}

function pairOf(
  { target, mirrored, sides, arrivedAt }: Material,
  made: (side: Seen | NoAnswer) => Observation,
): CapturedPair {
  const { prod, shadow, control, base, baseAgain } = sides;
  return {
    id: ulid(arrivedAt),
    deploymentId: target.deploymentId,
    repoId: target.repoId,
    capturedAt: arrivedAt,
    credentials: mirrored.hasIdentity ? "test-identity" : "none",
    request: pairRequest(mirrored),
    prod: made(prod),
    shadow: made(shadow),
    ...(control && { control: made(control) }),
    ...(base && { base: made(base) }),
    ...(baseAgain && { baseAgain: made(baseAgain) }),
  };
}

function withoutBody(side: Seen | NoAnswer): Observation {
  if ("failed" in side) return side;
  const { status, headers, latencyMs, headersMs, bodyBytes } = side;
  const sized = bodyBytes === undefined ? {} : { bodyBytes };
  return { status, headers: plainHeaders(headers), body: "", latencyMs, headersMs, ...sized };
}

function unstamped(side: Observation): Observation {
  if (!answered(side) || !Object.hasOwn(side.headers, STAMP_HEADER)) return side;
  const { [STAMP_HEADER]: _, ...headers } = side.headers;
  return { ...side, headers };
}

/** What stands for a secret of ours that a service repeated, such as an error page that lists the request's headers. */
const MASK = "redacted:own";

/** Shorter values are no secrets, and would be found anywhere. */
const MIN_SECRET_CHARS = 6;

/** The values we add to requests: keys of the gateway and test identities. */
function ownSecrets({ serviceHeaders, credentials }: RoutedTarget): readonly string[] {
  return [...Object.values(serviceHeaders), ...Object.values(credentials)].filter(
    (value) => value.length >= MIN_SECRET_CHARS,
  );
}

function masked(side: Observation, secrets: readonly string[]): Observation {
  if (secrets.length === 0 || !answered(side)) return side;
  const mask = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
  const maskValue = (value: HeaderValue) => (typeof value === "string" ? mask(value) : value.map(mask));
  const headers = Object.fromEntries(Object.entries(side.headers).map(([name, value]) => [name, maskValue(value)]));
  return { ...side, headers, body: mask(side.body) };
}
