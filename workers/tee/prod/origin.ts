/** The request to production: the client's own, sent on to the origin behind the route, or to the address the settings name. */

/**
 * `origin` is empty in a deployment: the request goes on as it came. Locally it is a URL whose scheme, host and port replace
 * the request's; the origin then sees its own Host, as behind any local proxy. Redirects stay the client's to follow.
 */
export function prodRequest(request: Request, origin: string): Request {
  if (origin === "") return request;
  return new Request(addressAt(request.url, origin), request);
}

/** The same path and query at another origin. */
export function addressAt(url: string, origin: string): string {
  return new URL(origin).origin + pathOf(url);
}

/** Path and query as the client sent them, without a second round of parsing. */
export function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const end = url.indexOf("#");
  return start === -1 ? "/" : url.slice(start, end === -1 ? undefined : end);
}
