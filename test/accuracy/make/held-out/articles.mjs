/** A JSON:API of articles on Express 5 with helmet and cors: documents, included people, pages, ETags, CORS and security headers. */
import { randomUUID } from "node:crypto";
import { c } from "../case.mjs";
import { header, json, status, swap, text } from "../plant.mjs";
import { listen } from "../listen.mjs";

export function start(load, side) {
  const express = load("express");
  const helmet = load("helmet").default;
  const cors = load("cors");
  const { faker } = load("@faker-js/faker");
  faker.seed(313);
  const people = Array.from({ length: 4 }, (_, i) => ({ id: String(i + 1), name: faker.person.fullName(), bio: faker.lorem.sentence() }));
  const articles = Array.from({ length: 9 }, (_, i) => article(faker, i, people));
  const app = express();
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'self'"] } }, originAgentCluster: false, xDownloadOptions: false, xPermittedCrossDomainPolicies: false, xDnsPrefetchControl: false, crossOriginOpenerPolicy: false, xXssProtection: false }), cors({ origin: "https://reader.example.org", credentials: true, exposedHeaders: ["x-total"] }));
  app.use((request, response, next) => {
    response.set("x-request-id", randomUUID());
    response.set("server", side === "prod" ? "reader/2.14.0" : "reader/2.15.0-rc.1");
    next();
  });
  const base = (request) => `${request.protocol}://${request.get("host")}`;
  app.get("/articles", (request, response) => {
    const shown = articles.slice(0, 5);
    response.set({ "x-total": "9", "cache-control": "public, max-age=60", link: `<${base(request)}/articles?page=2>; rel="next"` });
    response.type("application/vnd.api+json").send(serializer(load, base(request)).serialize("article", shown, { count: 9, took: process.hrtime()[1] % 90 }));
  });
  app.get("/articles/:id", (request, response) => {
    const found = articles.find(({ id }) => id === request.params.id);
    response.type("application/vnd.api+json");
    if (found === undefined) response.status(404).send({ errors: [{ id: randomUUID(), status: "404", code: "not_found", title: "Article not found" }] });
    else response.send(serializer(load, base(request)).serialize("article", found));
  });
  app.delete("/articles/:id", (request, response) => void response.status(204).end());
  app.get("/stats/:day", (request, response) => void response.json({ day: request.params.day, views: 18244, readers: 9120, share: 0.5, tags: ["art", "film", "music"], exportedAt: new Date().toUTCString() }));
  return listen(app);
}

function article(faker, i, people) {
  return {
    id: String(100 + i),
    title: faker.lorem.words(4),
    body: faker.lorem.paragraph(),
    words: faker.number.int({ min: 300, max: 2400 }),
    language: "en",
    ...(i % 2 === 0 ? { subtitle: faker.lorem.words(3) } : {}),
    publishedAt: faker.date.past({ refDate: "2026-05-01T00:00:00Z" }).toISOString(),
    author: people[i % people.length],
  };
}

function serializer(load, base) {
  const Serializer = load("json-api-serializer");
  const made = new Serializer();
  made.register("person", { id: "id", links: { self: ({ id }) => `${base}/people/${id}` } });
  made.register("article", {
    id: "id",
    links: { self: ({ id }) => `${base}/articles/${id}` },
    relationships: { author: { type: "person" } },
    topLevelMeta: (_, extra) => ({ ...extra, renderedAt: new Date().toISOString() }),
  });
  return made;
}

const L = "/articles";
const at = (o, i) => o.data[i].attributes;

const read = [101, 103, 105, 106, 107, 108];

export const cases = [
  ...read.map((id, n) => c("safe-mixed", `/articles/${id}?via=app`, null, "ETag, clock, request id, version and links of its own", { control: n % 3 === 0, base: n % 3 === 1, baseAgain: n % 3 === 1 })),
  c("safe-etag", "/articles/100", null, "ETag, request id, server version and own links differ, the article does not"),
  c("safe-etag", "/articles/101", null, "the same, with a control", { control: true }),
  c("safe-mixed", L, null, "ETag, links, meta and headers all move; the control shows meta.took", { control: true }),
  c("safe-mixed", "/articles?page=1", null, "with base and its second answer", { base: true, baseAgain: true }),
  c("safe-server-version", "/stats/2026-04-01", null, "the server's version, the ETag and an export clock in words differ", { late: 1100 }),
  c("safe-server-version", "/stats/2026-04-02", header({ "x-powered-by": "Express/5.3" }), "a version header changes", { on: header({ "x-powered-by": "Express/5.2" }) }),
  c("safe-request-id", "/articles/999", null, "a 404 whose error carries an id of its own"),
  c("safe-request-id", "/articles/998", header({ traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" }), "another trace", { on: header({ traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }) }),
  c("safe-age", "/articles/102", header({ age: "17" }), "the age in the cache", { on: header({ age: "41" }) }),
  c("safe-age", L, header({ age: "3", "x-cache-hits": "1" }), "age and hits of the cache", { on: header({ age: "59", "x-cache-hits": "12" }), control: true }),
  c("safe-set-order", "/stats/2026-04-03", json((o) => void o.tags.reverse()), "tags are a set; production itself answers them in another order", { control: json((o) => void o.tags.unshift(o.tags.pop())) }),
  c("safe-set-order", "/articles/103", header({ vary: "Accept-Encoding, Origin" }), "Vary is a set of names", { on: header({ vary: "Origin, Accept-Encoding" }) }),
  c("safe-key-order", "/articles/104", json((o) => ({ links: o.links, included: o.included, data: o.data, meta: o.meta, jsonapi: o.jsonapi })), "members of the document in another order"),
  c("safe-white-space", "/stats/2026-04-04", json(() => undefined, { indent: 4 }), "indented"),
  c("safe-escapes", "/articles/105", text((t) => t.replaceAll("/", "\\/")), "slashes escaped as PHP does"),
  c("safe-escapes", "/articles/106", swap(/"title":"(.)/, (_, first) => `"title":"\\u00${first.charCodeAt(0).toString(16)}`), "a letter as an escape"),
  c("safe-number-notation", "/stats/2026-04-05", swap('"share":0.5', '"share":5e-1'), "5e-1 is 0.5"),
  c("safe-number-notation", "/stats/2026-04-06", swap('"views":18244', '"views":18244.00'), "two zeros after the point"),
  c("safe-own-host", "/articles/107", null, "self links with own host and port", { control: true }),
  c("safe-header-case", "/articles/108", header({ "content-type": "application/vnd.api+json;charset=UTF-8" }), "the same charset in another spelling", { on: header({ "content-type": "application/vnd.api+json; charset=utf-8" }) }),
  c("safe-environment", "/articles/100?preview=1", json((o) => void (o.data.attributes.words = 7)), "base and shadow agree, production has other data", { base: json((o) => void (o.data.attributes.words = 7)) }),
  c("safe-equal", "/articles/101", null, "a deletion without a body on both sides", { method: "DELETE" }),
  c("warn-security-header", "/articles/100", header({ "content-security-policy": null }), "the content security policy is gone"),
  c("warn-security-header", "/articles/101", header({ "strict-transport-security": "max-age=0" }), "HSTS switched off"),
  c("warn-security-header", "/articles/102", header({ "x-frame-options": null, "x-content-type-options": null }), "two protections gone"),
  c("warn-cache-header", L, header({ "cache-control": "public, max-age=600" }), "cached ten times as long"),
  c("warn-cache-header", "/articles?page=1", header({ "cache-control": "no-store" }), "no longer cached", { control: true }),
  c("warn-value", "/articles/103", json((o) => void (o.data.attributes.title += " (draft)")), "a title changed"),
  c("warn-value", "/stats/2026-04-01", json((o) => void (o.views += 1)), "a count changed that the control holds still", { control: true }),
  c("warn-value", "/articles/104", json((o) => void (o.data.attributes.publishedAt = "2025-01-01T00:00:00.000Z")), "a publication date is business data; the control holds it still", { control: true }),
  c("warn-message", "/articles/999", json((o) => void (o.errors[0].title = "There is no such article")), "another wording"),
  c("warn-added-field", L, json((o) => void o.data.forEach((a) => (a.attributes.readingMinutes = 4))), "a field added to every item", { control: true }),
  c("warn-added-field", "/articles/105", json((o) => void (o.included[0].attributes.avatar = null)), "a new field that is null"),
  c("warn-optional-missing", L, json((o) => void delete at(o, 2).subtitle), "subtitle, which every second article has, is missing in one", { control: true }),
  c("warn-optional-missing", "/articles?page=1", json((o) => void o.data.forEach((a, i) => i > 1 && delete a.attributes.subtitle)), "an optional field missing in some items"),
  c("warn-rank-order", L, json((o) => void o.data.reverse()), "the newest come last now; the control keeps the order", { control: true }),
  c("warn-status-4xx", "/articles/999", status(403), "404 to 403"),
  c("warn-status-2xx", "/articles/102", status(200, { meta: {} }, "application/vnd.api+json"), "204 to 200", { method: "DELETE" }),
  c("crit-cors", "/articles/103", header({ "access-control-allow-origin": null }), "CORS is lost"),
  c("crit-cors", L, header({ "access-control-allow-credentials": null }), "credentials are no longer allowed", { control: true }),
  c("crit-cors", "/articles/104", header({ "access-control-expose-headers": null }), "exposed headers are lost"),
  c("crit-content-type", "/articles/105", header({ "content-type": "text/plain; charset=utf-8" }), "JSON:API as text"),
  c("crit-content-type", "/stats/2026-04-02", header({ "content-type": null }), "no content type at all"),
  c("crit-field-removed", "/articles/106", json((o) => void delete o.data.relationships), "the relationships are gone"),
  c("crit-field-removed", L, json((o) => void o.data.forEach((a) => delete a.attributes.language)), "a field is gone from every item", { control: true }),
  c("crit-items-dropped", L, json((o) => void (o.data = o.data.slice(1))), "the first article is gone"),
  c("crit-items-dropped", "/articles/107", json((o) => void (o.included = [])), "the included person is gone"),
  c("crit-items-doubled", "/articles?page=1", json((o) => void o.data.push(structuredClone(o.data[0]))), "the first article again at the end"),
  c("crit-identity", "/articles/108", json((o) => void (o.data.relationships.author.data.id = "3")), "the article belongs to somebody else", { control: true }),
  c("crit-identity", "/articles/100", json((o) => void (o.data.id = "101")), "another article's id"),
  c("crit-status", "/articles/101", status(503, { errors: [{ status: "503" }] }), "200 to 503"),
  c("crit-status", "/articles/103", status(500, { errors: [{ status: "500" }] }), "a deletion fails", { method: "DELETE" }),
  c("crit-error-200", "/articles/102", json(() => ({ errors: [{ id: "e1", status: "500", code: "internal", title: "Something went wrong" }] })), "errors in place of data, under 200"),
  c("crit-type-changed", "/articles/103", json((o) => void (o.data = [o.data])), "one resource became a list of one"),
  c("crit-empty-body", "/articles/104", status(200, ""), "no body where there was one"),
  c("crit-leak", "/articles/999", json((o) => void (o.errors[0].meta = { query: "SELECT * FROM articles WHERE id = $1", host: "db-internal.svc.cluster.local:5432" })), "the query and the database's address in an error"),
  c("crit-null", "/articles/105", json((o) => void (o.data.attributes.body = null)), "the text turned null"),
];
