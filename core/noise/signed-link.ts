/**
 * Signed links: the parameters that each signing makes anew are a table of the vendors' public formats. Everything else of
 * the link (host, path, how long it lasts, who may use it) must be equal.
 */
import { type Clock, clockOf, epochOf, isEquallyFar, isMomentOfAnswer, type Moments } from "./clock.ts";
import { readable, saySameClaims } from "./decoded.ts";
import { embeddedReason } from "./embedded.ts";
import { SHORT_TOKEN, sharedClass, VOLATILE_CLASSES } from "./volatile.ts";

type ParameterKind = "time" | "random";

/** Lower case. AWS SigV2, SigV4 and CloudFront, Google, Azure SAS, Akamai, Alibaba, Fastly, Discord and generic ones. */
const PARAMETERS: ReadonlyMap<string, ParameterKind> = new Map([
  ...names(
    "x-amz-signature x-amz-security-token x-amz-credential signature sig policy x-goog-signature x-goog-credential token",
    "random",
  ),
  ...names(
    "hdnea hdnts hdntl hmac s hm oh verify tokenhash auth_key sign security-token ossaccesskeyid awsaccesskeyid googleaccessid key-pair-id skoid",
    "random",
  ),
  ...names("x-amz-date x-goog-date expires st se ske skt exp e expiry timestamp ts ex is oe t", "time"),
]);

/** Not only an account's name may stand there: these must be equal up to a date in them. */
const ACCOUNTS = new Set(["x-amz-credential", "x-goog-credential"]);
const WHO = new Set("ossaccesskeyid awsaccesskeyid googleaccessid key-pair-id skoid".split(" "));

/** A reason, or null where the texts are no links, are not signed, or differ in something else. */
export function signedLinkReason(reference: string, shadow: string, moments: Moments): string | null {
  if (!isLink(reference) || !isLink(shadow)) return null;
  const samePath = pathOf(reference) === pathOf(shadow);
  const [left, right] = [partsOf(reference, samePath), partsOf(shadow, samePath)];
  if (left === null || right === null || left.length !== right.length) return null;
  const signed = left.some(([name]) => PARAMETERS.get(name) === "random");
  const same = left.every(([name, value], index) => {
    const [otherName, other] = right[index] ?? ["", ""];
    return name === otherName && (value === other || isMadeAnew([name, value], other, moments));
  });
  return signed && same ? "both are one link, signed anew for each answer" : null;
}

function isMadeAnew([name, value]: Part, other: string, moments: Moments): boolean {
  const kind = PARAMETERS.get(name);
  if (kind === undefined || WHO.has(name)) return false;
  if (ACCOUNTS.has(name)) return withoutDate(value) === withoutDate(other);
  if (kind === "random") return isSignedAnew([value, other], moments);
  const [left, right] = [timeOf(value), timeOf(other)];
  return left !== null && right !== null && isLastingAsLong([left, right], moments);
}

function isLastingAsLong(clocks: readonly [Clock, Clock], moments: Moments): boolean {
  return isEquallyFar(clocks, moments) && isMomentOfAnswer(...clocks, moments);
}

/** A signature, alone or behind its time (`1795258800_0a1b…`); what a JWT or a policy says is read. */
function isSignedAnew([value, other]: readonly [string, string], moments: Moments): boolean {
  const [first, second] = [timed(value), timed(other)];
  if (first !== null && second !== null) {
    const times = isLastingAsLong([first.clock, second.clock], moments);
    return times && first.between === second.between && isSignature(first.rest, second.rest);
  }
  const shared = sharedClass(value, other, VOLATILE_CLASSES);
  if (shared?.id === "jwt") return saySameClaims(value, other);
  const [left, right] = [policyOf(value), policyOf(other)];
  if (left !== null || right !== null)
    return left !== null && right !== null && embeddedReason(left, right, { moments, anyToken: false }) !== null;
  return isSignature(value, other);
}

/** `key:signature=`: whose key it is stays. */
function isSignature(value: string, other: string): boolean {
  const [first, second] = [value, other].map((text) => text.slice(0, text.lastIndexOf(":") + 1));
  const at = first?.length ?? 0;
  const classes = [...VOLATILE_CLASSES, SHORT_TOKEN, BASE64];
  return first === second && sharedClass(value.slice(at), other.slice(at), classes) !== null;
}

/** CloudFront writes its base64 with other signs. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html */
function policyOf(value: string): string | null {
  const plain = value.replaceAll("~", "/").replace(/_+$/, (signs) => "=".repeat(signs.length));
  return readable(plain) ?? readable(value);
}

interface Timed {
  readonly clock: Clock;
  readonly between: string;
  readonly rest: string;
}

function timed(value: string): Timed | null {
  const [, time = "", between = "", rest = ""] = /^(\d{10})([_-](?:\d{1,6}-){0,2})([\w+/=-]{16,})$/.exec(value) ?? [];
  const clock = epochOf(time);
  return clock === null ? null : { clock, between, rest };
}

/** Signatures in base64 hold any of its characters; the name says what they are. */
const BASE64 = { id: "signature", plural: "signatures", test: (text: string) => /^[\w+/~.-]{16,}={0,2}$/.test(text) };

function withoutDate(credential: string): string {
  return credential.replace(/\/\d{8}\//, "/*/");
}

/** Also hexadecimal seconds, as chat and picture services write them. */
function timeOf(value: string): Clock | null {
  const hex = /^(?=.*[a-f])[0-9a-f]{8}$/i.test(value) ? epochOf(String(Number.parseInt(value, 16))) : null;
  return clockOf(value) ?? epochOf(value) ?? hex;
}

type Part = readonly [name: string, value: string];

/** A link as named values, in order: its target, what is signed inside the path, its parameters. */
function partsOf(text: string, samePath: boolean): readonly Part[] | null {
  const match = /^((?:https?:)?\/\/?[^\s?#]+)(?:\?([^\s#]+))?(#\S*)?$/.exec(text);
  if (match === null) return null;
  const [, path = "", query = "", fragment = ""] = match;
  const steps: readonly Part[] = samePath ? [["/", path]] : path.split("/").flatMap(stepParts);
  const parameters = query === "" ? [] : query.split("&").flatMap((part) => valueParts(parameterOf(part)));
  return [...steps, ["#", fragment], ...parameters];
}

function isLink(text: string): boolean {
  return text.startsWith("/") || text.startsWith("http");
}

function pathOf(text: string): string {
  const at = text.search(/[?#]/);
  return at === -1 ? text : text.slice(0, at);
}

function parameterOf(part: string): Part {
  const at = part.indexOf("=");
  return at === -1 ? ["", part] : [part.slice(0, at).toLowerCase(), decoded(part.slice(at + 1))];
}

/** `st=…~exp=…~acl=…~hmac=…`, alone or as the value of a parameter, is several parameters. */
function valueParts([name, value]: Part): readonly Part[] {
  if (!/^\w+=[^~]*~\w+=/.test(value)) return [[name, value]];
  return [[name, ""], ...value.split("~").map(parameterOf)];
}

/** Of a path: `exp=…~hmac=…`, `bcdn_token=…&expires=…`, `s--Ab3…--`, and a message with its digest (`eyJ…--0a1b…`). */
function stepParts(step: string): readonly Part[] {
  if (/^\w+=[^~&]*[~&]\w+=/.test(step))
    return step.split(/[~&]/).map((part) => parameterOf(part.replace(/^bcdn_/, "")));
  const picture = /^s--([\w-]{8,32})--$/.exec(step)?.[1];
  if (picture !== undefined) return [["signature", picture]];
  const [, message = "", digest = ""] = /^([\w=-]{16,})--([0-9a-f]{40,64})$/.exec(step) ?? [];
  if (digest !== "")
    return [
      ["policy", message],
      ["signature", digest],
    ];
  return [["/", step]];
}

function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const LINKS = /(?:https?:)?\/\/[^\s"'<>()]+[^\s"'<>(),.;]/g;
/** More links than these in one text are looked at in vain. */
const MAX_LINKS = 50;

/** The texts with each pair of links that differ only in their signing replaced by one word; null where none does. */
export function withoutSigning(reference: string, shadow: string, moments: Moments): readonly [string, string] | null {
  if (!reference.includes("//") || !shadow.includes("//")) return null;
  const [left, right] = [reference.match(LINKS) ?? [], shadow.match(LINKS) ?? []];
  if (left.length !== right.length || left.length > MAX_LINKS) return null;
  const signed = left.map(
    (link, at) => link !== right[at] && signedLinkReason(link, right[at] ?? "", moments) !== null,
  );
  if (!signed.includes(true)) return null;
  return [replaced(reference, signed), replaced(shadow, signed)];
}

function replaced(text: string, which: readonly boolean[]): string {
  let at = -1;
  return text.replaceAll(LINKS, (link) => {
    at += 1;
    return which[at] === true ? "//signed" : link;
  });
}

function names(list: string, kind: ParameterKind): readonly (readonly [string, ParameterKind])[] {
  return list.split(" ").map((name) => [name, kind]);
}
