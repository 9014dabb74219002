/**
 * An image registry on this machine: manifests by tag and digest as the OCI distribution specification says, and Docker's token
 * authentication in front of them. Holds manifests alone; an engine may push to it, and nothing is pulled from it.
 */
import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { takeUpload } from "./uploads.ts";

export interface RegistryStandIn {
  /** `127.0.0.1:40123`, as it stands in names of images. */
  readonly host: string;
  /** Makes the image there; the digest is its manifest's. */
  readonly push: (repository: string, tag: string, content?: string) => string;
  /** `METHOD /path` of every request, in order. */
  readonly requests: readonly string[];
  readonly stop: () => Promise<void>;
}

export interface RegistryRules {
  /** Without: anyone may pull. `anonymous`: anyone gets a token. Otherwise who gets one. */
  readonly auth?: "anonymous" | { readonly username: string; readonly password: string; readonly basic?: boolean };
  /** The address where tokens are said to be. Default: its own. */
  readonly realm?: string;
  /** `undigested`: leaves out the header of the digest. `silent`: never answers. */
  readonly fault?: "undigested" | "silent" | "redirect" | "broken" | "bad-token";
}

const TYPE = "application/vnd.oci.image.manifest.v1+json";
const MANIFEST = /^\/v2\/(.+)\/manifests\/([^/]+)$/;

export async function startRegistry(rules: RegistryRules = {}): Promise<RegistryStandIn> {
  const manifests = new Map<string, Manifest>();
  const tokens = new Map<string, string>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer({ rules, manifests, tokens }, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return {
    host,
    requests,
    push: (repository, tag, content = randomUUID()) => {
      const text = JSON.stringify({ schemaVersion: 2, mediaType: TYPE, annotations: { content } });
      return keep(manifests, { repository, tag }, { text, type: TYPE });
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Manifest {
  readonly text: string;
  readonly type: string;
}

/** By tag and by digest; answers the digest. */
function keep(
  manifests: Map<string, Manifest>,
  { repository, tag }: { readonly repository: string; readonly tag: string },
  manifest: Manifest,
): string {
  const digest = digestOf(manifest.text);
  manifests.set(`${repository}:${tag}`, manifest);
  manifests.set(`${repository}:${digest}`, manifest);
  return digest;
}

interface State {
  readonly rules: RegistryRules;
  readonly manifests: Map<string, Manifest>;
  /** Repository that a token is good for. */
  readonly tokens: Map<string, string>;
}

function answer(state: State, request: IncomingMessage, response: ServerResponse): void {
  const { fault } = state.rules;
  if (fault === "silent") return;
  if (fault === "broken") return end(response, 500);
  if (fault === "redirect") {
    response.setHeader("location", "http://127.0.0.1:1/");
    return end(response, 307);
  }
  const url = new URL(request.url ?? "/", "http://stand-in");
  if (url.pathname === "/token") return giveToken(state, request, { url, response });
  const [, repository = "", reference = ""] = MANIFEST.exec(url.pathname) ?? [];
  if (!isLetIn(state, request, repository)) return challenge(state, request, response);
  const kept = (text: string, type: string) => keep(state.manifests, { repository, tag: reference }, { text, type });
  if (takeUpload(request, response, kept)) return;
  const manifest = state.manifests.get(`${repository}:${reference}`);
  if (manifest === undefined || !request.headers.accept?.includes(manifest.type)) return end(response, 404);
  response.setHeader("content-type", manifest.type);
  if (fault !== "undigested") response.setHeader("docker-content-digest", digestOf(manifest.text));
  response.writeHead(200).end(request.method === "HEAD" ? undefined : manifest.text);
}

function isLetIn({ rules, tokens }: State, request: IncomingMessage, repository: string): boolean {
  const given = request.headers.authorization ?? "";
  if (rules.auth === undefined) return true;
  if (rules.auth !== "anonymous" && rules.auth.basic === true) return given === basicOf(rules.auth);
  return tokens.get(given.replace(/^Bearer /, "")) === repository;
}

function challenge({ rules }: State, request: IncomingMessage, response: ServerResponse): void {
  const realm = rules.realm ?? `http://${request.headers.host}/token`;
  const basic = typeof rules.auth === "object" && rules.auth.basic === true;
  const header = basic ? 'Basic realm="registry"' : `Bearer realm="${realm}",service="stand-in",scope="ignored"`;
  response.setHeader("www-authenticate", header);
  end(response, 401);
}

interface TokenCall {
  readonly url: URL;
  readonly response: ServerResponse;
}

function giveToken({ rules, tokens }: State, request: IncomingMessage, { url, response }: TokenCall): void {
  const known =
    rules.auth === "anonymous" || (rules.auth !== undefined && request.headers.authorization === basicOf(rules.auth));
  const [, repository] = /^repository:(.+):pull$/.exec(url.searchParams.get("scope") ?? "") ?? [];
  if (!known || repository === undefined || url.searchParams.get("service") !== "stand-in") return end(response, 401);
  const token = randomUUID();
  tokens.set(token, repository);
  const body = rules.fault === "bad-token" ? { token: "one\nX-Other: two" } : { token, expires_in: 60 };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function basicOf({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function digestOf(manifest: string): string {
  return `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
