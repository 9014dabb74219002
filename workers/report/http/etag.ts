/** Weak ETags on reads: a page that polls gets 304 while nothing changed. */
import { sha256Hex } from "../sha256.ts";

/** Bytes of the hash that are kept: 16 bytes do not collide by chance. */
const ETAG_BYTES = 16;

/** Gives a 200 a weak ETag, or turns it into a 304 when the caller has it already. Other answers pass unchanged. */
export async function withEtag(request: Request, response: Response): Promise<Response> {
  if (response.status !== 200) return response;
  const body = await response.arrayBuffer();
  const etag = `W/"${await sha256Hex(body, ETAG_BYTES)}"`;
  const headers = new Headers(response.headers);
  headers.set("etag", etag);
  headers.set("cache-control", "private, no-cache");
  if (!matches(request.headers.get("if-none-match"), etag)) return new Response(body, { status: 200, headers });
  headers.delete("content-type");
  return new Response(null, { status: 304, headers });
}

/** Weak comparison, RFC 9110 section 8.8.3.2: a proxy may have dropped or added `W/`. */
function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.trim() === "*" || header.split(",").some((tag) => opaque(tag) === opaque(etag));
}
