/** The traffic that drives every statement of the tee: requests, and the circumstances in which each meets it. */
import type { RoutedTarget } from "../../core/wire/target.ts";

/** The circumstances of a tee: which host's routes, and what of its surroundings fails. */
export interface Kind {
  readonly host: string;
  /** Production's address; empty at the edge. */
  readonly origin?: string;
  readonly secret?: string;
  readonly registry?: "throws";
  readonly refuses?: readonly ("queue" | "bucket")[];
  /** There is an outbox, as in the local mode. */
  readonly outbox?: true;
  /** What the registry would say of a target after hours of traffic. */
  readonly routed?: Partial<RoutedTarget>;
}

export interface Scenario {
  readonly name: string;
  readonly kind: Kind;
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly upgrade?: boolean;
  /** It meets a tee that has not synced yet. */
  readonly cold?: boolean;
  /** The tee asks the registry again after the request, so that its counters go up with the fault in place. */
  readonly late?: boolean;
  /** Requests at once, of which one is compared. */
  readonly times?: number;
}

const KB = 1_024;
const small = Buffer.alloc(60 * KB, "s");
const large = Buffer.alloc(KB * KB, "l");
const form = { "content-type": "application/x-www-form-urlencoded" };
const jsonType = { "content-type": "application/json" };

/** A marker of this minute that somebody else has signed. */
const FORGED = `${Date.now()}.${"a".repeat(64)}`;

type Row = Omit<Scenario, "kind" | "host"> & { readonly host: string; readonly kind?: Omit<Kind, "host"> };

/** Each is a kind of request that a tee meets; the first that hits a statement is the one that tries it. */
const ROWS: readonly Row[] = [
  { name: "GET", host: "differs.test", path: "/v1/things/1" },
  { name: "POST of 60 KB", host: "differs.test", path: "/v1/orders", method: "POST", body: small },
  { name: "GET, equal answers", host: "equal.test", path: "/v1/things/1" },
  { name: "GET with base twice", host: "base.test", path: "/v1/things/1" },
  { name: "GET, cold", host: "differs.test", path: "/v1/things/1", cold: true },
  { name: "POST of 1 MB", host: "differs.test", path: "/v1/orders", method: "POST", body: large },
  { name: "POST of 60 KB, cold", host: "differs.test", path: "/v1/orders", method: "POST", body: small, cold: true },
  { name: "HEAD", host: "differs.test", path: "/v1/things/1", method: "HEAD" },
  { name: "404", host: "differs.test", path: "/missing" },
  { name: "gzip", host: "differs.test", path: "/gzip" },
  { name: "SSE", host: "differs.test", path: "/events" },
  { name: "upgrade", host: "differs.test", path: "/socket", upgrade: true },
  { name: "204", host: "differs.test", path: "/nothing" },
  { name: "304", host: "differs.test", path: "/unchanged" },
  { name: "206", host: "differs.test", path: "/part" },
  { name: "cached", host: "differs.test", path: "/cached" },
  { name: "Set-Cookie", host: "differs.test", path: "/cookies" },
  { name: "form answer", host: "differs.test", path: "/form" },
  { name: "binary answer", host: "differs.test", path: "/binary" },
  { name: "300 KB answer", host: "differs.test", path: "/large" },
  { name: "broken answer", host: "differs.test", path: "/broken" },
  {
    name: "form upload",
    host: "differs.test",
    path: "/v1/f",
    method: "POST",
    body: Buffer.from("a=1&password=x"),
    headers: form,
  },
  {
    name: "JSON upload",
    host: "redacted.test",
    path: "/v1/f?b=1&b=2",
    method: "POST",
    body: Buffer.from('{"ssn":"1","a":"EMP-123456"}'),
    headers: jsonType,
  },
  {
    name: "shapes only",
    host: "shapes.test",
    path: "/v1/f",
    method: "POST",
    body: Buffer.from('{"a":[1,"b"]}'),
    headers: jsonType,
  },
  { name: "credentials", host: "differs.test", path: "/v1/things/1", headers: { authorization: "Bearer of-a-user" } },
  {
    name: "credentials, mapped",
    host: "mapped.test",
    path: "/v1/things/1",
    headers: { authorization: "Bearer of-a-user", cookie: "a=b" },
  },
  { name: "secret in the query", host: "differs.test", path: "/v1/things?access_token=of-a-user" },
  {
    name: "method override",
    host: "differs.test",
    path: "/v1/things/1",
    method: "POST",
    body: Buffer.from("x"),
    headers: { "x-http-method-override": "DELETE" },
  },
  { name: "DELETE", host: "differs.test", path: "/v1/things/1", method: "DELETE" },
  {
    name: "forged marker",
    host: "differs.test",
    path: "/v1/things/1",
    headers: { "x-shadow-infra-mirrored": "1.abc" },
  },
  { name: "equal with base", host: "equal-base.test", path: "/v1/things/1" },
  { name: "equal, 300 KB", host: "equal.test", path: "/large" },
  { name: "equal POST", host: "equal.test", path: "/v1/orders", method: "POST", body: small },
  { name: "equal, counted", host: "equal.test", path: "/v1/things/1", kind: { routed: { equalRowShare: 0 } } },
  {
    name: "equal with base, counted",
    host: "equal-base.test",
    path: "/v1/things/1",
    kind: { routed: { equalRowShare: 0 } },
  },
  {
    name: "equal, many counted",
    host: "equal.test",
    path: "/v1/things/1",
    times: 30,
    kind: { routed: { equalRowShare: 0 } },
  },
  { name: "breaker open", host: "differs.test", path: "/v1/things/1", kind: { routed: { breaker: "open" } } },
  {
    name: "breaker on trial",
    host: "differs.test",
    path: "/v1/things/1",
    times: 3,
    kind: { routed: { breaker: "trial" } },
  },
  { name: "allowance used up", host: "differs.test", path: "/v1/things/1", kind: { routed: { allowance: 0 } } },
  {
    name: "low probability",
    host: "differs.test",
    path: "/v1/things/1",
    times: 30,
    kind: { routed: { probability: 0.5 } },
  },
  {
    name: "low probability, by address",
    host: "differs.test",
    path: "/v1/things/1",
    headers: { "cf-connecting-ip": "203.0.113.7" },
    times: 30,
    kind: { routed: { probability: 0.5 } },
  },
  { name: "outbox", host: "differs.test", path: "/v1/things/1", kind: { outbox: true } },
  { name: "300 KB of difference", host: "differs.test", path: "/two/large" },
  { name: "Latin text", host: "differs.test", path: "/latin" },
  { name: "wrong length", host: "differs.test", path: "/empty" },
  { name: "base of another class", host: "other-base.test", path: "/v1/things/1" },
  { name: "stamped", host: "stamped.test", path: "/v1/things/1" },
  { name: "no stamp", host: "unstamped.test", path: "/v1/things/1" },
  { name: "another's stamp", host: "stale.test", path: "/v1/things/1" },
  { name: "filtered in", host: "filtered.test", path: "/v1/things/1" },
  { name: "filtered out", host: "filtered.test", path: "/v1/admin/1" },
  { name: "filtered by a rule", host: "filtered.test", path: "/v2/x" },
  { name: "opted in", host: "filtered.test", path: "/v1/orders/1", method: "POST", body: small },
  {
    name: "sticky by cookie",
    host: "sticky-cookie.test",
    path: "/v1/things/1",
    headers: { cookie: "x=1; who=me" },
    times: 25,
  },
  { name: "sticky by header", host: "sticky-header.test", path: "/v1/things/1", headers: { "x-who": "me" }, times: 25 },
  {
    name: "sampled by address",
    host: "sampled.test",
    path: "/v1/things/1",
    headers: { "cf-connecting-ip": "203.0.113.7" },
    times: 25,
  },
  { name: "sampled at random", host: "sampled.test", path: "/v1/things/1", times: 25 },
  { name: "rate cap", host: "capped.test", path: "/v1/things/1", times: 5 },
  { name: "many targets", host: "crowd.test", path: "/v1/things/1" },
  { name: "breaker", host: "broken-shadow.test", path: "/v1/things/1", times: 12 },
  { name: "service headers", host: "service.test", path: "/v1/things/1" },
  { name: "kill switch", host: "closed.test", path: "/v1/things/1" },
  { name: "kill switch, POST", host: "closed.test", path: "/v1/orders", method: "POST", body: small },
  { name: "rate 0", host: "never.test", path: "/v1/things/1" },
  { name: "POST to a reading shadow", host: "reads-only.test", path: "/v1/orders", method: "POST", body: small },
  { name: "odd path", host: "filtered.test", path: "/v1//a/%2e%2e/%zz" },
  { name: "glob", host: "globbed.test", path: "/a/b/c/d.json" },
  { name: "glob, not fitting", host: "globbed.test", path: "/a/b/x" },
  {
    name: "referer",
    host: "differs.test",
    path: "/v1/things/1",
    headers: { referer: "https://shop.example.com/a?b=c" },
  },
  {
    name: "client hints",
    host: "differs.test",
    path: "/v1/things/1",
    headers: { "sec-ch-ua": "x", origin: "https://shop.example.com" },
  },
  {
    name: "stale marker",
    host: "differs.test",
    path: "/v1/things/1",
    headers: { "x-shadow-infra-mirrored": `1700000000000.${"a".repeat(64)}` },
  },
  {
    name: "fresh forged marker",
    host: "differs.test",
    path: "/v1/things/1",
    headers: { "x-shadow-infra-mirrored": FORGED },
  },
  {
    name: "bad identity",
    host: "bad-identity.test",
    path: "/v1/things/1",
    headers: { authorization: "Bearer of-a-user" },
  },
  { name: "bad service header", host: "bad-service.test", path: "/v1/things/1" },
  { name: "shadow streams", host: "streams.test", path: "/v1/things/1" },
  { name: "twenty-five and their counters", host: "sampled.test", path: "/v1/things/1", times: 25, late: true },
  {
    name: "equal, counted, and their counters",
    host: "equal.test",
    path: "/v1/things/1",
    times: 3,
    late: true,
    kind: { routed: { equalRowShare: 0 } },
  },
  { name: "breaker and its counters", host: "broken-shadow.test", path: "/v1/things/1", times: 8, late: true },
  {
    name: "cookies of several",
    host: "sticky-cookie.test",
    path: "/v1/things/1",
    headers: { cookie: "x=1; y=2" },
    times: 25,
  },
  { name: "empty answer of a kind", host: "differs.test", path: "/nothing", method: "HEAD" },
  { name: "cold, filtered", host: "filtered.test", path: "/a/b/c/d.json", cold: true, times: 2 },
  { name: "cold, globbed", host: "globbed.test", path: "/a/b/c/d.json", cold: true, times: 2 },
  { name: "cold, service", host: "service.test", path: "/a/b/c/d.json", cold: true, times: 2 },
  { name: "cold, redacted", host: "redacted.test", path: "/a/b/c/d.json", cold: true, times: 2 },
  { name: "cold, mapped", host: "mapped.test", path: "/a/b/c/d.json", cold: true, times: 2 },
  { name: "cold, capped", host: "capped.test", path: "/a/b/c/d.json", cold: true, times: 2 },
  { name: "cold, broken-shadow", host: "broken-shadow.test", path: "/a/b/c/d.json", cold: true, times: 2 },
  { name: "cold, bad-service", host: "bad-service.test", path: "/a/b/c/d.json", cold: true, times: 2 },
  { name: "cold, stamped", host: "stamped.test", path: "/a/b/c/d.json", cold: true, times: 2 },
  { name: "cold, sampled", host: "sampled.test", path: "/v1/things/1", cold: true, times: 25 },
  {
    name: "cold, upload by rule",
    host: "filtered.test",
    path: "/v1/orders/1",
    method: "POST",
    body: small,
    cold: true,
  },
  { name: "DELETE by rule", host: "filtered.test", path: "/v1/orders/1", method: "DELETE" },
  { name: "no targets", host: "none.test", path: "/v1/things/1" },
  { name: "flood", host: "differs.test", path: "/v1/things/1", times: 60 },
  { name: "flood of uploads", host: "differs.test", path: "/v1/orders", method: "POST", body: small, times: 60 },
  { name: "production down", host: "down.test", path: "/v1/things/1" },
  { name: "production down, POST", host: "down.test", path: "/v1/orders", method: "POST", body: small },
  { name: "dead registry", host: "differs.test", path: "/v1/things/1", kind: { registry: "throws" } },
  { name: "no key", host: "differs.test", path: "/v1/things/1", kind: { secret: "" } },
  { name: "queue down", host: "differs.test", path: "/v1/things/1", kind: { refuses: ["queue"] } },
  { name: "bucket", host: "differs.test", path: "/large?bucket", kind: { refuses: ["bucket"] } },
  { name: "GET by address", host: "differs.test", path: "/v1/things/1?local", kind: { origin: "http://prod.test" } },
  {
    name: "POST by address",
    host: "differs.test",
    path: "/v1/orders",
    method: "POST",
    body: small,
    kind: { origin: "http://prod.test" },
  },
  {
    name: "production down by address",
    host: "differs.test",
    path: "/v1/things/1",
    kind: { origin: "http://down.test" },
  },
];

export const SCENARIOS: readonly Scenario[] = ROWS.map((row) => ({ ...row, kind: { host: row.host, ...row.kind } }));
