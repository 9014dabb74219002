/** Exports and pages on Koa: CSV by csv-stringify, RSS, XML, NDJSON, form bodies, plain text and HTML by ejs. */
import { randomBytes, randomUUID } from "node:crypto";
import { c } from "../case.mjs";
import { bytes, header, status, swap, text } from "../plant.mjs";
import { listen } from "../listen.mjs";

const ROWS = [["B1", "Dune", 1965, 9.99], ["B2", "Émile", 1762, 7.5], ["B3", "Ulysses", 1922, 12], ["B4", "Walden", 1854, 6.25]];
const PAGE = `<!DOCTYPE html>
<html><head><title>Books</title><meta name="csrf" content="<%= csrf %>"></head>
<body><h1>Books</h1>
<ul><% for (const [id, name, year, price] of rows) { %>
<li id="<%= id %>"><b><%= name %></b> <i><%= year %></i> <span class="price"><%= price.toFixed(2) %> EUR</span></li><% } %>
</ul>
<script nonce="<%= csrf %>">boot()</script>
<footer>Served at <%= now %></footer></body></html>
`;

export function start(load) {
  const Koa = load("koa").default ?? load("koa");
  const { stringify } = load("csv-stringify/sync");
  const RSS = load("rss");
  const ejs = load("ejs");
  const app = new Koa();
  app.silent = true;
  const made = {
    "/books.csv": () => ["text/csv", stringify(ROWS, { header: true, columns: ["id", "title", "year", "price"] })],
    "/live.csv": () => ["text/csv", stringify(ROWS.map((row) => [...row, new Date().toISOString()]), { header: true, columns: ["id", "title", "year", "price", "fetched"] })],
    "/books.xml": () => ["application/xml", `<?xml version="1.0"?>\n<books made="${new Date().toISOString()}">\n${ROWS.map(([id, name, year, price]) => `  <book id="${id}" lang="en"><title>${name}</title><year>${year}</year><price currency="EUR">${price}</price></book>`).join("\n")}\n</books>\n`],
    "/log": () => ["application/x-ndjson", ROWS.map(([id, name, year]) => `${JSON.stringify({ id, name, year, span: randomBytes(8).toString("hex") })}\n`).join("")],
    "/rss": (ctx) => ["application/rss+xml", rss(RSS, `http://${ctx.host}`)],
    "/grant": () => ["application/x-www-form-urlencoded", `access_token=${randomBytes(12).toString("hex")}&scope=books&expires_in=600`],
    "/motd": () => ["text/plain", `Welcome\nToday is ${new Date().toISOString()}\nOpen seats: 14\n`],
    "/page": () => ["text/html; charset=utf-8", ejs.render(PAGE, { rows: ROWS, csrf: randomBytes(12).toString("base64url"), now: new Date().toUTCString() })],
  };
  app.use((ctx) => {
    ctx.set("x-correlation-id", randomUUID());
    const found = made[ctx.path]?.(ctx);
    if (found === undefined) return;
    ctx.set("content-type", found[0]);
    ctx.body = found[1];
  });
  return listen(app.callback());
}

function rss(RSS, origin) {
  const feed = new RSS({ title: "Books", site_url: origin, feed_url: `${origin}/rss`, pubDate: new Date() });
  for (const [id, name] of ROWS) feed.item({ title: name, url: `${origin}/books/${id}`, guid: id, date: "2026-01-05T00:00:00Z" });
  return feed.xml({ indent: true });
}

const again = { control: true };

export const cases = [
  c("safe-clock", "/live.csv", null, "a column of clocks"),
  c("safe-clock", "/live.csv", null, "the same with a control", again),
  c("safe-clock", "/books.xml", null, "a clock in an attribute", { late: 1100 }),
  c("safe-clock", "/rss", null, "the build date and own links", { late: 1100 }),
  c("safe-mixed", "/page", null, "CSRF token, nonce and clock of a page", { late: 1100 }),
  c("safe-mixed", "/page", null, "the same with a control", again),
  c("safe-mixed", "/motd", null, "a clock in a line of text", again),
  c("safe-request-id", "/log", null, "a span id in each line"),
  c("safe-request-id", "/nothing", null, "the same 404"),
  c("safe-opaque-token", "/grant", null, "a token in a form body"),
  c("safe-equal", "/books.csv", null, "the same table"),
  c("safe-white-space", "/books.csv", text((t) => t.replaceAll("\n", "\r\n")), "other line ends"),
  c("safe-white-space", "/books.xml", text((t) => t.replaceAll(/>\s+</g, "><")), "XML on one line"),
  c("safe-white-space", "/page", text((t) => t.replaceAll("\n<li", "\n    <li")), "HTML indented", again),
  c("safe-escapes", "/books.csv", swap("Dune", '"Dune"'), "quotes nobody needs"),
  c("safe-escapes", "/books.xml", swap("Émile", "&#201;mile"), "a character reference"),
  c("safe-escapes", "/page", swap("Émile", "&Eacute;mile"), "a named reference in HTML"),
  c("safe-key-order", "/books.xml", text((t) => t.replaceAll(/id="(B\d)" lang="en"/g, 'lang="en" id="$1"')), "attributes in another order"),
  c("safe-key-order", "/grant", text((t) => t.split("&").reverse().join("&")), "pairs in another order"),
  c("safe-number-notation", "/log", text((t) => t.replaceAll(/("year":\d+)/g, "$1.0")), "1965.0 is 1965", again),
  c("safe-environment", "/books.csv", swap("Walden", "Testbook"), "base and shadow agree", { base: swap("Walden", "Testbook") }),
  c("warn-value", "/books.csv", swap("1922", "1921"), "a year changed"),
  c("warn-value", "/books.xml", swap("Ulysses", "Ulixes"), "a title changed beside a clock", again),
  c("warn-value", "/motd", swap("seats: 14", "seats: 13"), "a line changed beside a line with a clock", again),
  c("warn-value", "/log", swap("Walden", "Life in the woods"), "a name of one line changed", again),
  c("warn-value", "/page", swap("<i>1854</i>", "<i>1855</i>"), "a year in a page changed"),
  c("warn-added-field", "/books.csv", text((t) => t.trim().split("\n").map((l, i) => `${l},${i === 0 ? "lang" : "en"}`).join("\n")), "a column added"),
  c("warn-added-field", "/books.xml", text((t) => t.replaceAll("</book>", "<pages>10</pages></book>")), "an element added", again),
  c("warn-added-field", "/grant", text((t) => `${t}&refresh=600`), "a pair added"),
  c("warn-rank-order", "/books.csv", text((t) => { const [head, ...rows] = t.trim().split("\n"); return [head, ...rows.reverse()].join("\n"); }), "rows the other way round", again),
  c("warn-message", "/nothing", bytes(() => Buffer.from("No such thing")), "another wording of a 404"),
  c("crit-field-removed", "/books.csv", text((t) => t.split("\n").map((l) => l.split(",").slice(0, 3).join(",")).join("\n")), "a column is gone"),
  c("crit-field-removed", "/books.xml", text((t) => t.replaceAll(/<year>\d+<\/year>/g, "")), "an element is gone", again),
  c("crit-field-removed", "/grant", text((t) => t.replace("&scope=books", "")), "a pair is gone"),
  c("crit-items-dropped", "/books.csv", text((t) => t.replace(/B2.*\n/, "")), "a row is gone"),
  c("crit-items-dropped", "/books.xml", text((t) => t.replace(/ *<book id="B3".*\n/, "")), "an element of a list is gone", again),
  c("crit-items-dropped", "/page", text((t) => t.replace(/<li id="B2">.*\n/, "")), "an entry of a list is gone", again),
  c("crit-items-dropped", "/log", text((t) => t.split("\n").slice(1).join("\n")), "the first line is gone", again),
  c("crit-items-doubled", "/books.csv", text((t) => t.replace(/(B4.*\n)/, "$1$1")), "a row stands twice"),
  c("crit-items-doubled", "/rss", text((t) => t.replace(/(\s*<item>[\s\S]*?<\/item>)/, "$1$1")), "an entry stands twice", again),
  c("crit-amount", "/books.xml", swap(">9.99<", ">99.9<"), "a price is wrong"),
  c("crit-amount", "/live.csv", swap(",12,", ",21,"), "a price of a row is wrong beside clocks", again),
  c("crit-amount", "/page", swap("7.50 EUR", "0.75 EUR"), "a price in a page is wrong", again),
  c("crit-currency", "/books.xml", swap('currency="EUR"', 'currency="USD"'), "another currency"),
  c("crit-identity", "/books.csv", swap("B1,", "B9,"), "another id in a row"),
  c("crit-null", "/log", swap('"year":1762', '"year":null'), "a value of one line turned null", again),
  c("crit-empty", "/books.csv", swap("Ulysses", ""), "an empty cell"),
  c("crit-empty", "/books.xml", swap("<title>Dune</title>", "<title></title>"), "an empty element", again),
  c("crit-type-changed", "/log", swap('"year":1965', '"year":"1965"'), "a number of one line became text"),
  c("crit-content-type", "/rss", header({ "content-type": "text/plain" }), "a feed as text"),
  c("crit-mojibake", "/books.csv", bytes((b) => Buffer.from(b.toString("latin1"))), "UTF-8 read as Latin-1"),
  c("crit-broken", "/books.xml", text((t) => t.slice(0, -30)), "XML that breaks off"),
  c("crit-error-200", "/page", status(200, "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>"), "an error page under 200"),
  c("crit-leak", "/page", swap("</ul>", "</ul><pre>ReferenceError: rows is not defined\n    at eval (/srv/site/views/page.ejs:12:8)\n    at render (/srv/site/node_modules/ejs/lib/ejs.js:703:17)</pre>"), "a trace in a page", again),
  c("crit-empty-body", "/books.csv", status(200, ""), "an empty table"),
  c("crit-status", "/rss", status(503, "busy", "text/plain"), "200 to 503"),
];
