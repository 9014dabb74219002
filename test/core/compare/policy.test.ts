/** The severity policy on answers as APIs and pages of all kinds give them: one pair, one verdict, no second answers. */
import { expect, test } from "vitest";
import type { Answer, Headers, PairRequest } from "../../../core/pair/pair.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import type { Severity } from "../../../core/verdict/severity.ts";
import { pairOf } from "../pair/builder.ts";

const H = "text/html; charset=utf-8";
const X = "application/xml";
const J = "application/json";
const C = "text/csv";

function a(...[body, type = J, status = 200, headers = {}]: readonly [unknown, string?, number?, Headers?]): Answer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, headers: { "content-type": type, ...headers }, body: text, latencyMs: 20 };
}

type Row = readonly [Severity, string, Answer, Answer, Partial<PairRequest>?];

const ROWS: readonly Row[] = [
  [
    "Warning",
    "github star count",
    a({ id: 1, full_name: "a/b", stargazers_count: 10 }),
    a({ id: 1, full_name: "a/b", stargazers_count: 11 }),
  ],
  [
    "Critical",
    "github owner",
    a({ id: 1, owner: { login: "ada", id: 3 } }),
    a({ id: 1, owner: { login: "bob", id: 4 } }),
  ],
  [
    "Safe",
    "github own host",
    a({ url: "https://api.shop.test/a" }),
    a({ url: "https://pr-3-abc.shadow.test/a" }),
    { headers: { host: "api.shop.test" } },
  ],
  [
    "Critical",
    "stripe amount",
    a({ id: "ch_1", amount: 2000, currency: "usd" }),
    a({ id: "ch_1", amount: 200, currency: "usd" }),
  ],
  [
    "Critical",
    "stripe currency",
    a({ id: "ch_1", amount: 2000, currency: "usd" }),
    a({ id: "ch_1", amount: 2000, currency: "eur" }),
  ],
  [
    "Critical",
    "shopify price string",
    a({ variants: [{ id: 1, price: "12.00" }] }),
    a({ variants: [{ id: 1, price: "1200" }] }),
  ],
  [
    "Critical",
    "JSON:API attribute gone",
    a({ data: { type: "a", id: "1", attributes: { title: "x", body: "y" } } }, "application/vnd.api+json"),
    a({ data: { type: "a", id: "1", attributes: { title: "x" } } }, "application/vnd.api+json"),
  ],
  [
    "Critical",
    "HAL links gone",
    a({ _links: { self: { href: "/a" }, next: { href: "/b" } } }),
    a({ _links: { self: { href: "/a" } } }),
  ],
  [
    "Warning",
    "OData count",
    a({ "@odata.count": 3, value: [{ ID: 1 }] }),
    a({ "@odata.count": 4, value: [{ ID: 1 }] }),
  ],
  ["Critical", "GraphQL null list", a({ data: { items: [{ id: 1 }] } }), a({ data: { items: null } })],
  [
    "Critical",
    "SOAP element gone",
    a('<s:E xmlns:s="u"><s:B><R><A>1</A><B>2</B></R></s:B></s:E>', X),
    a('<s:E xmlns:s="u"><s:B><R><A>1</A></R></s:B></s:E>', X),
  ],
  ["Safe", "SOAP prefix", a('<s:E xmlns:s="u"><s:B/></s:E>', X), a('<S:E xmlns:S="u"><S:B></S:B></S:E>', X)],
  [
    "Critical",
    "RSS item dropped",
    a(
      "<rss><channel><item><guid>1</guid></item><item><guid>2</guid></item><item><guid>3</guid></item></channel></rss>",
      X,
    ),
    a("<rss><channel><item><guid>1</guid></item><item><guid>3</guid></item></channel></rss>", X),
  ],
  [
    "Critical",
    "sitemap url dropped",
    a("<urlset><url><loc>https://a.test/1</loc></url><url><loc>https://a.test/2</loc></url></urlset>", X),
    a("<urlset><url><loc>https://a.test/1</loc></url></urlset>", X),
  ],
  [
    "Safe",
    "RSS build date",
    a("<rss><channel><lastBuildDate>Sat, 21 Nov 2026 10:00:00 GMT</lastBuildDate></channel></rss>", X, 200, {
      date: "Sat, 21 Nov 2026 10:00:00 GMT",
    }),
    a("<rss><channel><lastBuildDate>Sat, 21 Nov 2026 10:00:01 GMT</lastBuildDate></channel></rss>", X, 200, {
      date: "Sat, 21 Nov 2026 10:00:01 GMT",
    }),
  ],
  [
    "Warning",
    "geojson coordinate",
    a({ type: "Point", coordinates: [1.5, 2.5] }),
    a({ type: "Point", coordinates: [1.5, 2.6] }),
  ],
  [
    "Critical",
    "geojson swapped emptied",
    a({ type: "Point", coordinates: [1.5, 2.5] }),
    a({ type: "Point", coordinates: [] }),
  ],
  [
    "Safe",
    "page csrf token",
    a('<form><input type="hidden" name="csrf_token" value="9f2c41d07be84a6f8d11c09e7a2b3c4d"></form>', H),
    a('<form><input type="hidden" name="csrf_token" value="0a7be84a6f8d119f2cc09e7a2b3c4d41"></form>', H),
  ],
  [
    "Safe",
    "page nonce",
    a('<script nonce="q7RzK1x9LmP2">go()</script>', H),
    a('<script nonce="Zb81KxWq90Lm">go()</script>', H),
  ],
  [
    "Safe",
    "csp nonce header",
    a("<p>a</p>", H, 200, { "content-security-policy": "script-src 'nonce-q7RzK1x9LmP2'" }),
    a("<p>a</p>", H, 200, { "content-security-policy": "script-src 'nonce-Zb81KxWq90Lm'" }),
  ],
  [
    "Critical",
    "page price",
    a('<li><span class="price">€12.50</span></li>', H),
    a('<li><span class="price">€1250</span></li>', H),
  ],
  ["Warning", "page text", a("<p>We ship today</p>", H), a("<p>We ship tomorrow</p>", H)],
  [
    "Critical",
    "page row dropped",
    a("<table><tr><td>a<tr><td>b<tr><td>c</table>", H),
    a("<table><tr><td>a<tr><td>b</table>", H),
  ],
  ["Critical", "page heading emptied", a("<h1>Shop</h1>", H), a("<h1></h1>", H)],
  [
    "Critical",
    "page became error",
    a("<title>Shop</title><h1>Shop</h1>", H),
    a("<title>Application error</title><h1>We're sorry, but something went wrong.</h1>", H),
  ],
  ["Critical", "page emptied main", a("<main><ul><li>a<li>b</ul></main>", H), a("<main></main>", H)],
  ["Critical", "csv column", a("id,total\n1,2\n2,3", C), a("id\n1\n2", C)],
  ["Critical", "csv delimiter", a("id,total\n1,2\n2,3", C), a("id;total\n1;2\n2;3", C)],
  ["Safe", "csv crlf", a("id,total\n1,2\n2,3", C), a("id,total\r\n1,2.0\r\n2,3\r\n", C)],
  [
    "Warning",
    "hsts lowered",
    a({}, J, 200, { "strict-transport-security": "max-age=31536000" }),
    a({}, J, 200, { "strict-transport-security": "max-age=60" }),
  ],
  [
    "Warning",
    "cache private lost",
    a({}, J, 200, { "cache-control": "private, max-age=60" }),
    a({}, J, 200, { "cache-control": "public, max-age=60" }),
  ],
  [
    "Critical",
    "allow-origin other",
    a({}, J, 200, { "access-control-allow-origin": "https://a.test" }),
    a({}, J, 200, { "access-control-allow-origin": "https://b.test" }),
  ],
  ["Warning", "vary origin lost", a({}, J, 200, { vary: "Origin, Accept" }), a({}, J, 200, { vary: "Accept" })],
  [
    "Critical",
    "samesite",
    a({}, J, 200, { "set-cookie": "s=1; SameSite=Strict; Secure" }),
    a({}, J, 200, { "set-cookie": "s=2; SameSite=None; Secure" }),
  ],
  [
    "Safe",
    "rotating cookie",
    a({}, J, 200, { "set-cookie": "s=1; Path=/" }),
    a({}, J, 200, { "set-cookie": "s=2; path=/" }),
  ],
  ["Critical", "redirect", a("", H, 302, { location: "/login" }), a("", H, 302, { location: "/" })],
  [
    "Safe",
    "redirect absolute own",
    a("", H, 302, { location: "/login" }),
    a("", H, 302, { location: "https://shop.test/login" }),
    { headers: { host: "shop.test" } },
  ],
  ["Warning", "2xx", a({}, J, 200), a({}, J, 201)],
  ["Warning", "4xx", a({ e: 1 }, J, 400), a({ e: 1 }, J, 422)],
  ["Critical", "epoch zero", a({ created_at: 1763720000 }), a({ created_at: 0 })],
  ["Critical", "proto key gone", a('{"__proto__":{"a":1},"b":1}'), a('{"b":1}')],
  ["Critical", "list halved", a([1, 2, 3, 4]), a([1, 2])],
  [
    "Critical",
    "nested doubled",
    a({
      o: [
        {
          lines: [
            { sku: "a", n: 1 },
            { sku: "b", n: 2 },
          ],
        },
      ],
    }),
    a({
      o: [
        {
          lines: [
            { sku: "a", n: 1 },
            { sku: "b", n: 2 },
            { sku: "b", n: 2 },
          ],
        },
      ],
    }),
  ],
  ["Critical", "text/plain to empty", a("a", "text/plain"), a("", "text/plain")],
  [
    "Warning",
    "ical text",
    a("BEGIN:VCALENDAR\nSUMMARY:a\nEND:VCALENDAR", "text/calendar"),
    a("BEGIN:VCALENDAR\nSUMMARY:b\nEND:VCALENDAR", "text/calendar"),
  ],
  ["Critical", "number to string", a({ n: 1 }), a({ n: "1" })],
  [
    "Safe",
    "asset hash",
    a('<link rel="stylesheet" href="/static/app.3f2a9c01b4d5.css">', H),
    a('<link rel="stylesheet" href="/static/app.77b1e0d2c9aa.css">', H),
  ],
  ["Warning", "jsonld name", a({ "@type": "Product", name: "a" }), a({ "@type": "Product", name: "b" })],
  ["Critical", "jsonld type gone", a({ "@type": "Product", name: "a" }), a({ name: "a" })],
  [
    "Critical",
    "ndjson dropped",
    a('{"id":1}\n{"id":2}\n{"id":3}', "application/x-ndjson"),
    a('{"id":1}\n{"id":3}', "application/x-ndjson"),
  ],
  ["Safe", "xml self-closing", a("<a><b/></a>", X), a("<a>\n <b></b>\n</a>", X)],
  ["Warning", "retry", a({}, J, 429, { "retry-after": "30" }), a({}, J, 429, { "retry-after": "3600" })],
  ["Critical", "whole html page instead", a("<h1>a</h1>", H), a("Internal Server Error", H)],
  ["Critical", "leak env", a({ m: "x" }), a({ m: "x", debug: "DATABASE_URL=postgres://u:p@db/x" })],
  ["Warning", "img alt", a("<img src=/a.png alt=x>", H), a("<img src=/a.png alt=y>", H)],
  ["Warning", "enum", a({ state: "open" }), a({ state: "closed" })],
  ["Critical", "text html escaped amount", a({ html: "<b>$12.00</b>" }), a({ html: "<b>$21.00</b>" })],
  ["Warning", "added field", a({ a: 1 }), a({ a: 1, b: 2 })],
  ["Critical", "bool false->null", a({ a: false }), a({ a: null })],
];

test.each(ROWS.map((row) => ({ verdict: row[0], says: row[1], row })))("$verdict: $says", ({ verdict, row }) => {
  const [, , prod, shadow, request] = row;
  expect(judge(pairOf({ prod, shadow }, request), EMPTY_MEMORY).judged.verdict).toBe(verdict);
});
