/**
 * Headers that differ between any two answers: transport, caches, clocks, ids of requests and machines. A table, so that what
 * is called noise can be read in one place.
 */

interface HeaderNoise {
  readonly names: RegExp;
  readonly reason: string;
}

const VOLATILE_HEADERS: readonly HeaderNoise[] = [
  // RFC 9110, 7.6.1
  {
    names: /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/,
    reason: "belongs to the connection, not to the answer",
  },
  {
    names: /^(?:content-length|content-encoding|accept-ranges|content-md5|digest|content-digest|repr-digest)$/,
    reason: "follows from the body, which is compared itself",
  },
  { names: /^(?:date|age)$/, reason: "is the time of the answer" },
  { names: /^(?:etag)$/, reason: "is an opaque version of the body, which is compared itself" },
  {
    names: /^(?:server|via|x-powered-by|x-aspnet.*-version|x-generator|x-version|x-.*-version|x-build.*|x-release.*)$/,
    reason: "names the software that answered",
  },
  {
    names:
      /^(?:cf-.*|x-amz-.*|x-amzn-.*|x-azure-.*|x-goog-.*|x-vercel-.*|fly-.*|x-nf-.*|x-fastly-.*|x-akamai-.*|x-envoy-.*|x-kong-.*|x-render-.*)$/,
    reason: "is added by the network in between",
  },
  {
    names:
      /^(?:x-cache.*|cache-status|x-served-by|x-timer|x-varnish|x-proxy-cache|x-backend.*|x-host.*|x-server.*|x-instance.*|x-pod.*|x-node.*|x-edge-.*)$/,
    reason: "names the machine or cache that answered",
  },
  {
    names:
      /^(?:.*request-?id|.*correlation-?id|.*trace-?id|.*span-?id|.*transaction-?id|traceparent|tracestate|baggage|x-b3-.*|x-cloud-trace-context|x-datadog-.*|uber-trace-id)$/,
    reason: "is an id of this one request",
  },
  {
    names:
      /^(?:x-runtime|x-response-time|server-timing|x-process-time|x-.*-(?:ms|duration|elapsed|latency)|timing-.*)$/,
    reason: "is how long the answer took",
  },
  {
    names:
      /^(?:x-ratelimit-(?:remaining|reset|used)|x-rate-limit-(?:remaining|reset)|ratelimit-(?:remaining|reset)|ratelimit)$/,
    reason: "counts earlier requests",
  },
  {
    names: /^(?:alt-svc|nel|report-to|reporting-endpoints|expect-ct|x-download-options|p3p)$/,
    reason: "is advice to the connection or to reports",
  },
];

/** Cookies of networks in between: their presence says nothing about the service. */
const NETWORK_COOKIES =
  /^header:set-cookie:(?:__cf|_cf|cf_|AWSALB|AWSELB|ARRAffinity|GCLB|__Host-cf|incap_|visid_incap)/i;

/** Why a header differs between any two answers; null when it should not. */
export function volatileHeaderReason(path: string): string | null {
  if (NETWORK_COOKIES.test(path)) return "is a cookie of the network in between";
  // A cookie is named by the service, whatever its name reminds of.
  if (path.startsWith("header:set-cookie:")) return null;
  const name = path.slice("header:".length);
  return VOLATILE_HEADERS.find(({ names }) => names.test(name))?.reason ?? null;
}
