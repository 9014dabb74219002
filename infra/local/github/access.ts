/** Who calls, and what they may: the App by its signed token, an installation or a person by theirs; permissions as GitHub asks for them. */
import { createHmac, createPublicKey, generateKeyPairSync, randomBytes, verify } from "node:crypto";
import { type Answer, failed, notFound } from "./answer.ts";
import { installationOf, ownerOf, type Repository, type State } from "./state.ts";

export type Caller =
  | { readonly kind: "app" }
  | { readonly kind: "installation"; readonly id: number }
  | { readonly kind: "token" }
  | { readonly kind: "nobody"; readonly why: string };

/** `statuses:write`; of several, any one is enough. */
export type Need = `${string}:${"read" | "write"}`;

export const APP_ID = 1001;
/** https://docs.github.com/apps: an App's token may hold for 10 minutes at most. */
const LONGEST_JWT_SECONDS = 600;
const CLOCK_DRIFT_SECONDS = 60;

const RSA_BITS = 2048;

interface AppKey {
  readonly publicKey: string;
  readonly privateKey: string;
}

let made: AppKey | null = null;

/** The App's key. Making one takes longer than everything else here: it is made when it is first asked for, once in a process. */
export function appKey(state: State): AppKey {
  made ??= generateKeyPairSync("rsa", {
    modulusLength: RSA_BITS,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  state.appKey = made;
  return made;
}

/** A token nobody can guess and that looks like none of GitHub's. */
export function newToken(kind: string): string {
  const key = randomBytes(24);
  return `local-${kind}-${createHmac("sha256", key).update(kind).digest("hex").slice(0, 32)}`;
}

export function callerOf(state: State, authorization: string | undefined): Caller {
  const [, token] = /^(?:bearer|token) (\S+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined) return { kind: "nobody", why: "Requires authentication" };
  if (token === state.token) return { kind: "token" };
  const installation = state.tokens.get(token);
  if (installation !== undefined && installation.expiresAt > state.now())
    return { kind: "installation", id: installation.installation };
  if (token.split(".").length !== 3) return { kind: "nobody", why: "Bad credentials" };
  const problem = jwtProblem(state, token);
  return problem === null ? { kind: "app" } : { kind: "nobody", why: problem };
}

/** RFC 7519, with the claims GitHub asks for; null: it holds. */
function jwtProblem(state: State, token: string): string | null {
  const [head = "", claims = "", signature = ""] = token.split(".");
  if (state.appKey === null || jsonOf(head)["alg"] !== "RS256") return "A JSON web token could not be decoded";
  const key = createPublicKey(state.appKey.publicKey);
  if (!verify("RSA-SHA256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url")))
    return "A JSON web token could not be decoded";
  const { iss, iat, exp } = jsonOf(claims);
  const now = state.now() / 1000;
  if (String(iss) !== String(APP_ID)) return "Integration not found";
  if (typeof iat !== "number" || iat > now + CLOCK_DRIFT_SECONDS)
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  if (typeof exp !== "number" || exp < now)
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  return exp > now + LONGEST_JWT_SECONDS + CLOCK_DRIFT_SECONDS
    ? "'Expiration time' claim ('exp') is too far in the future"
    : null;
}

function jsonOf(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Why this caller does not get this of a repository; null: they do. */
export function refusal(state: State, caller: Caller, asked: { repository: Repository; needs: readonly Need[] }) {
  const { repository, needs } = asked;
  if (caller.kind === "nobody") return failed(401, caller.why);
  if (caller.kind === "app") return failed(401, "A JSON web token could not be decoded");
  const isOurs = repository.installed && (caller.kind === "token" || caller.id === installationId(state, repository));
  if (!isOurs && repository.private) return notFound();
  // Of public repositories anyone may read; nobody else may write.
  if (!isOurs) return needs.some((need) => need.endsWith(":read")) ? null : forbidden(caller, needs);
  return needs.some((need) => isAllowed(state, need)) ? null : forbidden(caller, needs);
}

function installationId(state: State, repository: Repository): number {
  return installationOf(state, ownerOf(repository));
}

function isAllowed({ permissions }: State, need: Need): boolean {
  const [name = "", level] = need.split(":");
  if (permissions === null || name === "metadata") return true;
  const given = permissions[name];
  return given === "write" || (given === "read" && level === "read");
}

function forbidden(caller: Caller, needs: readonly Need[]): Answer {
  const by = caller.kind === "token" ? "personal access token" : "integration";
  return failed(403, `Resource not accessible by ${by}`, {
    "x-accepted-github-permissions": needs.map((need) => need.replace(":", "=")).join("; "),
  });
}
