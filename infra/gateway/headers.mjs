/** Which headers pass the gateway, in both directions. Apart from the gateway, because this is the part that keeps secrets from the app. */

/** They belong to one connection (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** Credentials of Cloudflare Access, whatever the settings say: the edge's, never the app's. */
const EDGE_CREDENTIALS = [
  "cf-access-client-id",
  "cf-access-client-secret",
  "cf-access-jwt-assertion",
  "cf-access-token",
];

const EDGE_COOKIE = /^\s*CF_(?:Authorization|AppSession|Binding)\s*=/i;

/** The production host a mirrored request was for, as the tee says it. */
const HOST_HEADER = "x-shadow-infra-host";
const HOST = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?$/i;

/** Set anew, so that nothing in between speaks of the shadow's address. */
const REPLACED = ["host", "x-forwarded-host", "x-forwarded-proto", HOST_HEADER, "expect"];

const NEVER_TO_APP = new Set([...HOP_BY_HOP, ...EDGE_CREDENTIALS, ...REPLACED]);
const NEVER_BACK = new Set(HOP_BY_HOP);

/**
 * Name, value, name, value: as they came, in order and with repeats. The app sees the host production sees, where the tee named it:
 * apps that check the host would refuse the shadow's own, and links would differ in every answer.
 */
export function requestHeaders({ rawHeaders, headers }, strip) {
  const listed = new Set(namesIn(headers.connection));
  // Without its length a body would be read as a request of its own.
  listed.delete("content-length");
  const named = headers[HOST_HEADER];
  const host = typeof named === "string" && HOST.test(named) ? named : (headers.host ?? "");
  const kept = pairsOf(rawHeaders).filter(([name]) => !NEVER_TO_APP.has(name) && !strip.has(name) && !listed.has(name));
  const body = headers["transfer-encoding"] === undefined ? [] : ["transfer-encoding", "chunked"];
  // Production is reached by https, whatever the way inside the cluster is.
  return ["host", host, "x-forwarded-host", host, "x-forwarded-proto", "https", ...kept.flatMap(forApp), ...body];
}

/** The app's, without what is only between it and us; names of ours are ours to send. */
export function answerHeaders(rawHeaders, stamp) {
  const pairs = pairsOf(rawHeaders);
  const listed = new Set(pairs.flatMap(([name, , value]) => (name === "connection" ? namesIn(value) : [])));
  const kept = pairs.filter(
    ([name]) => !NEVER_BACK.has(name) && !listed.has(name) && !name.startsWith("x-shadow-infra-"),
  );
  // In front: who reads only so many headers reads this one.
  return ["x-shadow-infra-deployment", stamp, ...kept.flatMap(asSent)];
}

/** Lower-case name, name as sent, value. */
function pairsOf(rawHeaders) {
  const pairs = [];
  for (let n = 0; n + 1 < rawHeaders.length; n += 2)
    pairs.push([rawHeaders[n].toLowerCase(), rawHeaders[n], rawHeaders[n + 1]]);
  return pairs;
}

function asSent([, name, value]) {
  return [name, value];
}

/** Without the cookies by which Cloudflare Access knows whom it let in: they open every shadow behind it. */
function forApp([lower, name, value]) {
  if (lower !== "cookie") return [name, value];
  const left = value.split(";").filter((cookie) => !EDGE_COOKIE.test(cookie));
  return left.length === 0 ? [] : [name, left.join(";").trim()];
}

function namesIn(text = "") {
  return text.split(",").map((name) => name.trim().toLowerCase());
}
