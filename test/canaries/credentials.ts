/**
 * Requests with every kind of credential, written to a socket as they are: names in any case, some of them twice, mapped to a
 * test identity or not. Everything that a user sent of them contains `USERS_OWN`.
 */
import { connect } from "node:net";
import { HOST } from "../flow/stack.ts";

export const USERS_OWN = "users-own-";

/** What the deployment sends in their place. */
export const IDENTITIES: Readonly<Record<string, string>> = {
  authorization: "Bearer identity-a",
  cookie: "session=identity-b",
  "x-api-key": "identity-c",
};

/** Names by which credentials travel; the first three are mapped. Some are no credentials to those who do not know the service. */
const NAMES = [
  ...Object.keys(IDENTITIES),
  "proxy-authorization",
  "x-auth-token",
  "x-access-token",
  "x-csrf-token",
  "x-xsrf-token",
  "x-session-id",
  "x-amz-security-token",
  "x-goog-api-key",
  "x-vault-token",
  "x-gitlab-token",
  "ocp-apim-subscription-key",
  "api-key",
  "apikey",
  "x-forwarded-client-cert",
  "x-client-cert",
  "cf-access-jwt-assertion",
  "cf-access-client-secret",
  "x-user-password",
  "dpop",
  "x-shopify-access-token",
  "x-hub-signature-256",
  "authentication",
  "x-authenticated-user",
  "x-remote-user",
  "cookie2",
  "set-cookie",
  "x-jwt",
] as const;

const CASES = [
  (name: string) => name,
  (name: string) => name.toUpperCase(),
  (name: string) => name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()),
  (name: string) => name.replaceAll(/[a-z]/g, (letter, at: number) => (at % 2 === 0 ? letter.toUpperCase() : letter)),
] as const;

export interface WithCredentials {
  readonly n: number;
  /** As it is written to the socket. */
  readonly text: string;
  /** Lower-case names of the mapped headers, where no other credential is among them. */
  readonly mapped: readonly string[];
}

/** The n-th request; each is another one. */
export function requestWithCredentials(n: number): WithCredentials {
  const chosen = NAMES.filter((_, at) => (n * 7 + at * at * 13) % NAMES.length < 1 + (n % 4));
  // Every third has nothing but mapped ones.
  const names = n % 3 === 0 ? Object.keys(IDENTITIES).slice(0, 1 + ((n % 5) % 3)) : chosen;
  const lines = names.flatMap((name, at) => {
    const written = CASES[(n + at) % CASES.length]?.(name) ?? name;
    const line = `${written}: ${valueOf(name, n)}`;
    return n % 6 === 1 ? [line, `${name}: ${valueOf(name, n)}-again`] : [line];
  });
  const leaking = n % 10 === 4;
  const path = leaking && n % 20 === 4 ? `/r/${n}?access_token=${USERS_OWN}${n}` : `/r/${n}`;
  const referer = leaking && n % 20 === 14 ? [`Referer: https://${HOST}/?api_key=${USERS_OWN}${n}`] : [];
  const head = [`GET ${path} HTTP/1.1`, `host: ${HOST}`, "connection: close", ...lines, ...referer];
  return { n, text: `${head.join("\r\n")}\r\n\r\n`, mapped: n % 3 === 0 && !path.includes("?") ? names : [] };
}

function valueOf(name: string, n: number): string {
  if (name === "authorization") return `Bearer ${USERS_OWN}${n}`;
  return name === "cookie" ? `a=1; session=${USERS_OWN}${n}` : `${USERS_OWN}${n}`;
}

/** One request on a connection of its own; resolves with the status. */
export function write(port: number, text: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text, "latin1"));
    socket.setEncoding("latin1").on("data", (chunk: string) => (answer += chunk));
    socket.on("error", reject).on("close", () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)));
  });
}
