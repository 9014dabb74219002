/** Weak ETags on reads: a page that polls gets 304 while nothing changed. */

/** Bytes of the hash that are kept: 16 bytes do not collide by chance. */
const ETAG_BYTES = 16;

/** Gives a 200 a weak ETag, or turns it into a 304 when the caller has it already. Other answers pass unchanged. */
export async function withEtag(request: Request, response: Response): Promise<Response> {
  if (response.status !== 200) return response;
  const body = await response.arrayBuffer();
  const etag = `W/"${await hash(body)}"`;
  const headers = new Headers(response.headers);
  headers.set("etag", etag);
  headers.set("cache-control", "private, no-cache");
  if (!matches(request.headers.get("if-none-match"), etag)) return new Response(body, { status: 200, headers });
  headers.delete("content-type");
  return new Response(null, { status: 304, headers });
}

async function hash(body: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body), 0, ETAG_BYTES);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Weak comparison, RFC 9110 section 8.8.3.2: a proxy may have dropped or added `W/`. */
function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.trim() === "*" || header.split(",").some((tag) => opaque(tag) === opaque(etag));
}
