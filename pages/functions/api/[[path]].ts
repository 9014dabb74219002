/**
 * Forwards /api/* to the report Worker by service binding, as it came: method, path, body, headers, upgrade.
 * The only function of the pages; it must not answer for the API, so that authentication has one home.
 */

interface ServiceBinding {
  fetch(request: Request): Promise<Response>;
}

interface Context {
  readonly request: Request;
  readonly env: { readonly API: ServiceBinding };
}

/** The API's answer, or a problem document (502) when the binding leads nowhere. */
export async function onRequest({ request, env }: Context): Promise<Response> {
  try {
    return await env.API.fetch(request);
  } catch {
    return Response.json(
      { type: "about:blank", title: "The report API does not answer", status: 502, code: "api-not-reachable" },
      { status: 502, headers: { "content-type": "application/problem+json", "cache-control": "no-store" } },
    );
  }
}
