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
      /^(?:.*(?:request|req|correlation|trace|span|transaction|call|log|flow|unique|activity|invocation|operation)-?(?:id|no|number)|rndr-id|x-[tcr]id|eagleid|.*-trace(?:parent)?|x-debug-id|x-debug-token(?:-link)?|x-request-start|traceparent|tracestate|baggage|x-b3-.*|x-cloud-trace-context|x-datadog-.*)$/,
    reason: "is an id of this one request",
  },
  {
    names:
      /^(?:x-runtime|x-response-time|server-timing|x-process-time|x-.*-(?:ms|duration|elapsed|latency)|timing-.*)$/,
    reason: "is how long the answer took",
  },
  // https://www.ietf.org/archive/id/draft-ietf-httpapi-ratelimit-headers-10.html and the names before it
  {
    names: /^(?:ratelimit|(?:x-)?(?:.*-)?(?:rate-?limit|quota)(?:-.*)?-(?:remaining|reset|used)(?:-.*)?|x-app-usage)$/,
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

interface HeaderValues {
  readonly names: RegExp;
  readonly reason: string;
  readonly are: (reference: string, shadow: string) => boolean;
}

/** Seconds that a countdown may lie apart between two answers: one window of the usual limits. */
const WINDOW_SECONDS = 60;

const VOLATILE_VALUES: readonly HeaderValues[] = [
  // RFC 9110, 8.8.2. Another build has files of another date; one that was never set is a fault.
  { names: /^last-modified$/, reason: "is the date of this copy", are: (...dates) => dates.every(isSetDate) },
  { names: /^retry-after$/, reason: "counts down", are: isCountdown },
  {
    names: /^.*(?:call|rate|api)-limit$/,
    reason: "counts earlier requests",
    are: (reference, shadow) => limitOf(reference) !== null && limitOf(reference) === limitOf(shadow),
  },
];

/** Why both values of a header are no news; null when they are, or the header is an ordinary one. */
export function volatileValueReason(path: string, reference: string, shadow: string): string | null {
  const name = path.slice("header:".length);
  const found = VOLATILE_VALUES.find(({ names, are }) => names.test(name) && are(reference, shadow));
  return found?.reason ?? null;
}

/** Both are seconds, at most a window apart. RFC 9110, 10.2.3; also `retry_after` in bodies. */
export function isCountdown(reference: string, shadow: string): boolean {
  const numbers = [reference, shadow].every((text) => /^\d{1,9}(?:\.\d+)?$/.test(text));
  return numbers && Math.abs(Number(reference) - Number(shadow)) <= WINDOW_SECONDS;
}

function isSetDate(text: string): boolean {
  return /^\w{3}, \d{2} \w{3} (?:20\d{2}|199\d) [\d:]{8} GMT$/.test(text);
}

/** `40` of `12/40`. */
function limitOf(text: string): string | null {
  return /^\d+\/(\d+)$/.exec(text)?.[1] ?? null;
}
