/**
 * Asks a registry whether an image is there, and under which digest. Protocol: the OCI distribution specification, section "Pull"
 * (https://github.com/opencontainers/distribution-spec/blob/main/spec.md), and Docker's token authentication
 * (https://distribution.github.io/distribution/spec/auth/token/). Asks only registries whose images the caller has allowed.
 */
import { createHash } from "node:crypto";
import { readChallenge, type TokenChallenge } from "./challenge.ts";
import { credentialFor, type RegistryCredential, type RegistryCredentials } from "./credentials.ts";
import { type ImageReference, imageName } from "./reference.ts";

export type ImageStanding =
  | { readonly kind: "there"; readonly digest: string }
  | { readonly kind: "absent" }
  /** The registry does not let us look; many say so of what does not exist, too. */
  | { readonly kind: "denied"; readonly words: string }
  | { readonly kind: "unreachable"; readonly words: string };

export interface Registry {
  /** By the image's tag, or its digest. Never throws. */
  readonly standing: (image: ImageReference) => Promise<ImageStanding>;
}

export interface RegistryOptions {
  /** Registries beside these are asked without a name. */
  readonly credentials: RegistryCredentials;
  readonly timeoutMs?: number;
}

/** One question with its token; registries answer in far less, and a pull request asks a handful. */
const TIMEOUT_MS = 10_000;

/** Limit that registries have for manifests (the specification recommends at least 4 MiB). */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const MAX_TOKEN_BYTES = 64 * 1024;

const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function createRegistry({ credentials, timeoutMs = TIMEOUT_MS }: RegistryOptions): Registry {
  return {
    standing: async (image) => {
      const asked: Asked = {
        image,
        credential: credentialFor(credentials, image)?.credential,
        signal: AbortSignal.timeout(timeoutMs),
      };
      try {
        return await standingOf(asked);
      } catch (error) {
        return { kind: "unreachable", words: `${image.registry} does not answer (${reasonOf(error)}).` };
      }
    },
  };
}

interface Asked {
  readonly image: ImageReference;
  readonly credential: RegistryCredential | undefined;
  readonly signal: AbortSignal;
}

async function standingOf(asked: Asked): Promise<ImageStanding> {
  let answer = await manifest(asked, "HEAD", null);
  let token: string | null = null;
  if (answer.status === 401) {
    token = await authorizationFor(asked, answer.headers.get("www-authenticate") ?? "");
    if (token === null) return denied(asked, 401);
    answer = await manifest(asked, "HEAD", token);
  }
  if (answer.status === 404) return { kind: "absent" };
  if (answer.status === 401 || answer.status === 403) return denied(asked, answer.status);
  if (answer.status !== 200)
    return {
      kind: "unreachable",
      words: `${asked.image.registry} answers ${answer.status} for ${imageName(asked.image)}.`,
    };
  const digest = answer.headers.get("docker-content-digest") ?? (await digestOf(asked, token));
  return DIGEST.test(digest)
    ? { kind: "there", digest }
    : { kind: "unreachable", words: `${asked.image.registry} gives no sha256 digest for ${imageName(asked.image)}.` };
}

function denied({ image, credential }: Asked, status: number): ImageStanding {
  const as = credential === undefined ? "without credentials" : `as ${credential.username}`;
  return { kind: "denied", words: `${image.registry} answers ${status} for ${imageName(image)} ${as}.` };
}

/** Redirects are not followed: a manifest lies where its registry is, and a redirect could lead anywhere inside. */
function manifest({ image, signal }: Asked, method: "HEAD" | "GET", authorization: string | null): Promise<Response> {
  const reference = image.digest ?? image.tag ?? "latest";
  return fetch(`${originOf(image.registry)}/v2/${image.repository}/manifests/${reference}`, {
    method,
    redirect: "manual",
    signal,
    headers: { accept: MANIFESTS, ...(authorization === null ? {} : { authorization }) },
  });
}

/** Docker Hub answers under another name than its images have. */
function originOf(registry: string): string {
  const host = registry === "docker.io" ? "registry-1.docker.io" : registry;
  return `${isLoopback(host) ? "http" : "https"}://${host}`;
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host);
}

/** The value of `Authorization` that the registry asks for; null where we cannot have one. */
async function authorizationFor(asked: Asked, header: string): Promise<string | null> {
  const challenge = readChallenge(header);
  if (challenge === null) return null;
  const own = asked.credential === undefined ? null : basic(asked.credential);
  if (challenge.kind === "basic") return own;
  const token = await tokenFor(asked, challenge, own);
  return token === null ? null : `Bearer ${token}`;
}

function basic({ username, password }: RegistryCredential): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

async function tokenFor(
  { image, signal }: Asked,
  challenge: TokenChallenge,
  own: string | null,
): Promise<string | null> {
  const url = tokenUrl(image, challenge);
  if (url === null) return null;
  const answer = await fetch(url, { redirect: "manual", signal, headers: own === null ? {} : { authorization: own } });
  if (answer.status !== 200) return null;
  const body: unknown = JSON.parse(new TextDecoder().decode(await atMost(answer, MAX_TOKEN_BYTES)));
  if (typeof body !== "object" || body === null) return null;
  const token = "token" in body ? body.token : "access_token" in body ? body.access_token : null;
  // What is no header's value cannot be a token either.
  return typeof token === "string" && /^[\x21-\x7e]+$/.test(token) ? token : null;
}

/** Only over TLS, or from a registry on this machine to this machine: the credentials travel with it. */
function tokenUrl({ registry, repository }: ImageReference, { realm, service }: TokenChallenge): URL | null {
  const url = URL.parse(realm);
  const here = url?.protocol === "http:" && isLoopback(url.host) && isLoopback(registry);
  if (url?.protocol !== "https:" && !here) return null;
  if (service !== null) url.searchParams.set("service", service);
  url.searchParams.set("scope", `repository:${repository}:pull`);
  return url;
}

/** The header is only recommended; the digest is the hash of the manifest as it is. */
async function digestOf(asked: Asked, authorization: string | null): Promise<string> {
  const answer = await manifest(asked, "GET", authorization);
  if (answer.status !== 200) return "";
  return `sha256:${createHash("sha256")
    .update(await atMost(answer, MAX_MANIFEST_BYTES))
    .digest("hex")}`;
}

async function atMost(answer: Response, bytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = answer.body;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > bytes) throw new Error(`an answer of more than ${bytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "no answer in time";
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.message;
}
