/**
 * Signed links: the parameters that each signing makes anew are a table of the vendors' public formats. Everything else of
 * the link (host, path, how long it lasts, who may use it) must be equal.
 */
import { type Clock, clockOf, epochOf, isMomentOfAnswer, type Moments } from "./clock.ts";
import { SHORT_TOKEN, sharedClass, VOLATILE_CLASSES } from "./volatile.ts";

type ParameterKind = "time" | "random";

/** Lower case. AWS SigV4 and CloudFront, Google, Azure SAS, Akamai, Alibaba, Fastly and generic ones. */
const PARAMETERS: ReadonlyMap<string, ParameterKind> = new Map([
  ...names(
    "x-amz-signature x-amz-security-token x-amz-credential signature sig policy x-goog-signature x-goog-credential token",
    "random",
  ),
  ...names(
    "hdnea hdnts hdntl hmac s auth_key sign security-token ossaccesskeyid awsaccesskeyid googleaccessid key-pair-id skoid",
    "random",
  ),
  ...names("x-amz-date x-goog-date expires st se ske skt exp e expiry timestamp ts", "time"),
]);

/** Not only an account's name may stand there: these must be equal up to a date in them. */
const ACCOUNTS = new Set(["x-amz-credential", "x-goog-credential"]);
const WHO = new Set("ossaccesskeyid awsaccesskeyid googleaccessid key-pair-id skoid".split(" "));

/** A reason, or null where the texts are no links, are not signed, or differ in something else. */
export function signedLinkReason(reference: string, shadow: string, moments: Moments): string | null {
  const [left, right] = [parametersOf(reference), parametersOf(shadow)];
  if (left === null || right === null || left.target !== right.target) return null;
  if (left.parameters.length !== right.parameters.length) return null;
  const signed = left.parameters.some(([name]) => PARAMETERS.get(name) === "random");
  const same = left.parameters.every(([name, value], index) => {
    const [otherName, other] = right.parameters[index] ?? ["", ""];
    return name === otherName && (value === other || isMadeAnew([name, value], other, moments));
  });
  return signed && same ? "both are one link, signed anew for each answer" : null;
}

function isMadeAnew([name, value]: readonly [string, string], other: string, moments: Moments): boolean {
  const kind = PARAMETERS.get(name);
  if (kind === undefined || WHO.has(name)) return false;
  if (ACCOUNTS.has(name)) return withoutDate(value) === withoutDate(other);
  if (kind === "random") return sharedClass(value, other, [...VOLATILE_CLASSES, SHORT_TOKEN, BASE64]) !== null;
  const [left, right] = [timeOf(value), timeOf(other)];
  return left !== null && right !== null && isMomentOfAnswer(left, right, moments);
}

/** Signatures in base64 hold any of its characters; the name says what they are. */
const BASE64 = { id: "signature", plural: "signatures", test: (text: string) => /^[\w+/~.-]{16,}={0,2}$/.test(text) };

function withoutDate(credential: string): string {
  return credential.replace(/\/\d{8}\//, "/*/");
}

function timeOf(value: string): Clock | null {
  return clockOf(value) ?? epochOf(value);
}

interface Link {
  readonly target: string;
  readonly parameters: readonly (readonly [string, string])[];
}

function parametersOf(text: string): Link | null {
  const match = /^((?:https?:)?\/\/?[^\s?#]+)\?([^\s#]+)(#\S*)?$/.exec(text);
  if (match === null) return null;
  const parameters = (match[2] ?? "").split("&").map((part): readonly [string, string] => {
    const at = part.indexOf("=");
    return at === -1 ? [part.toLowerCase(), ""] : [part.slice(0, at).toLowerCase(), decoded(part.slice(at + 1))];
  });
  return { target: `${match[1]}${match[3] ?? ""}`, parameters };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function names(list: string, kind: ParameterKind): readonly (readonly [string, ParameterKind])[] {
  return list.split(" ").map((name) => [name, kind]);
}
