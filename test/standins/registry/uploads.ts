/**
 * The half of the OCI distribution specification by which an engine pushes: layers are taken and thrown away, because nobody pulls them
 * here, and manifests are kept. Apart from the questions about images, which most tests are about.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const BLOB = /^\/v2\/(.+)\/blobs\/(uploads\/)?([^/]*)$/;

/** Answers the request where it is one of a push. `keep` holds a manifest and says its digest. */
export function takeUpload(
  request: IncomingMessage,
  response: ServerResponse,
  keep: (manifest: string, type: string) => string,
): boolean {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (url.pathname === "/v2/") return ended(response, 200);
  if (request.method === "PUT" && url.pathname.includes("/manifests/")) {
    void takeManifest(request, response, keep);
    return true;
  }
  const [, repository, upload] = BLOB.exec(url.pathname) ?? [];
  if (repository === undefined) return false;
  // Whatever was pushed once, from here or elsewhere, need not be sent again; engines want to know how long it is.
  if (upload === undefined) {
    response.setHeader("content-length", 1);
    return ended(response, request.method === "HEAD" ? 200 : 404);
  }
  takeLayer(request, response, url);
  return true;
}

async function takeManifest(
  request: IncomingMessage,
  response: ServerResponse,
  keep: (manifest: string, type: string) => string,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const digest = keep(Buffer.concat(chunks).toString(), request.headers["content-type"] ?? "");
  response.setHeader("docker-content-digest", digest);
  ended(response, 201);
}

/** POST begins an upload, PATCH brings bytes, PUT ends it. */
function takeLayer(request: IncomingMessage, response: ServerResponse, url: URL): void {
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.once("end", () => {
    const place = request.method === "POST" ? `${url.pathname}${randomUUID()}` : url.pathname;
    response.setHeader("location", place);
    response.setHeader("docker-upload-uuid", place.slice(place.lastIndexOf("/") + 1));
    if (request.method === "PATCH") response.setHeader("range", `0-${Math.max(bytes - 1, 0)}`);
    if (request.method === "PUT") response.setHeader("docker-content-digest", url.searchParams.get("digest") ?? "");
    ended(response, request.method === "PUT" ? 201 : 202);
  });
}

function ended(response: ServerResponse, status: number): true {
  response.writeHead(status).end();
  return true;
}
