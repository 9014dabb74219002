/** Posts and comments of json-server: 0.17 on each side, and 1.0-beta as the shadow where its answers are the change. */
import { randomUUID } from "node:crypto";
import { c } from "../case.mjs";
import { header, json, status, text } from "../plant.mjs";
import { listen } from "../listen.mjs";

export function start(load) {
  const { faker } = load("@faker-js/faker");
  faker.seed(99);
  const posts = Array.from({ length: 6 }, (_, i) => ({ id: i + 1, title: faker.lorem.words(3), authorId: (i % 3) + 1, likes: faker.number.int(400), status: "published", createdAt: faker.date.past({ refDate: "2026-03-01" }).toISOString(), body: faker.lorem.sentence() }));
  const comments = posts.map(({ id }) => ({ id: id * 10, postId: id, text: faker.lorem.words(5), spam: false }));
  const server = load("json-server");
  const app = server.create();
  app.use(server.defaults({ logger: false }));
  app.use((_, response, next) => {
    response.set("x-amzn-requestid", randomUUID());
    next();
  });
  app.use(server.router({ posts, comments, profile: { name: "board", motto: "Größe zählt nicht", version: "2026.1", updatedAt: new Date().toISOString() } }));
  return listen(app);
}

const L = "/posts";
const NEW = { method: "POST", headers: { "content-type": "application/json" }, body: '{"title":"new"}' };

export const cases = [
  ...[1, 2, 3, 4].map((id, n) => c("safe-request-id", `/posts/${id}`, null, "only the request id and Date differ", { late: n % 2 === 0 ? 1100 : 3, control: n === 1 })),
  c("safe-mixed", `${L}?_page=1&_limit=2`, null, "links to pages on the own host", { control: true }),
  c("safe-mixed", `${L}?_page=2&_limit=2`, null, "the same without a control"),
  c("safe-clock", "/profile", null, "the start of the process differs", { base: true, baseAgain: true }),
  c("safe-equal", "/posts/99", null, "a 404 with an empty object"),
  c("safe-white-space", "/posts/5", json(() => undefined, { indent: 0 }), "compact"),
  c("safe-key-order", L, json((o) => o.map((p) => Object.fromEntries(Object.entries(p).reverse()))), "keys reversed in every item"),
  c("safe-escapes", "/profile", text((t) => t.replace("ö", "\\u00f6").replace("ß", "\\u00DF")), "letters as escapes", { control: true }),
  c("safe-number-notation", "/posts/2", text((t) => t.replace(/("likes": \d+)/, "$1.0")), "a point and a zero"),
  c("safe-etag", "/posts/3", header({ etag: '"0c5-another"' }), "a strong ETag in place of a weak one"),
  c("safe-control-noise", L, json((o) => void o.reverse()), "a list in chance order, the control shows it", { control: json((o) => void o.push(o.shift())) }),
  c("safe-control-noise", "/posts/4", json((o) => void (o.likes += 7)), "likes move in the control as well", { control: json((o) => void (o.likes += 2)) }),
  c("safe-environment", "/comments", json((o) => void (o[0].text = "seeded")), "base and shadow agree", { base: json((o) => void (o[0].text = "seeded")), baseAgain: true }),
  c("safe-own-host", "/posts/5", header({ link: '<http://127.0.0.1:4002/posts/6>; rel="next"' }), "a link to the own host", { prod: header({ link: '<http://127.0.0.1:4001/posts/6>; rel="next"' }) }),
  c("warn-value", "/posts/1", json((o) => void (o.status = "draft")), "a state changed"),
  c("warn-value", "/posts/2", json((o) => void (o.likes += 1)), "a count changed, the control holds it still", { control: true }),
  c("warn-value", "/posts/3", json((o) => void (o.createdAt = "2026-02-02T00:00:00.000Z")), "a date of creation is business data", { control: true }),
  c("warn-value", "/profile", json((o) => void (o.motto = "Qualität zählt")), "a motto changed", { control: true }),
  c("warn-added-field", L, json((o) => void (o[4].pinned = true)), "a field added to one item", { control: true }),
  c("warn-added-field", "/comments/10", json((o) => void (o.lang = "la")), "a field added"),
  c("warn-rank-order", L, json((o) => void o.sort((a, b) => b.likes - a.likes)), "sorted by likes in place of the id", { control: true }),
  c("warn-optional-missing", L, json((o) => void delete o[1].teaser), "a teaser that some posts have is missing in one", { on: json((o) => void o.forEach((p, i) => i % 2 === 1 && (p.teaser = "t"))) }),
  c("warn-status-4xx", "/posts/99", status(410), "404 to 410"),
  c("warn-status-2xx", "/posts/1", status(201), "200 to 201"),
  c("warn-cache-header", L, header({ "cache-control": "public, max-age=86400" }), "kept for a day"),
  c("warn-security-header", "/posts/2", header({ "x-content-type-options": null }), "no protection against sniffing"),
  c("warn-status-better", "/posts/3", null, "production answers 503", { prod: status(503, { error: "busy" }) }),
  c("crit-field-removed", "/posts/4", json((o) => void delete o.authorId), "the author is gone"),
  c("crit-field-removed", L, json((o) => o.map(({ body: _, ...p }) => p)), "the bodies are gone", { control: true }),
  c("crit-type-changed", "/posts/5", json((o) => void (o.id = String(o.id))), "an id became text"),
  c("crit-type-changed", L, json((o) => ({ first: 1, items: o.length, data: o })), "a page object in place of a list"),
  c("crit-null", "/comments/20", json((o) => void (o.text = null)), "a text turned null", { control: true }),
  c("crit-empty", L, json(() => []), "an empty list"),
  c("crit-items-dropped", L, json((o) => o.slice(0, -1)), "the last post is gone", { control: true }),
  c("crit-items-doubled", "/comments", json((o) => [...o.slice(0, 3), o[2], ...o.slice(3)]), "a comment stands twice"),
  c("crit-identity", "/posts/1", json((o) => void (o.authorId = 9)), "another author", { control: true }),
  c("crit-identity", "/comments/30", json((o) => void (o.id = 31)), "another comment"),
  c("crit-status", "/posts/2", status(404, {}), "200 to 404"),
  c("crit-status", L, status(500, { error: "x" }), "a post cannot be written any more", NEW),
  c("crit-cors", L, header({ "access-control-allow-credentials": null }), "credentials are refused"),
  c("crit-content-type", "/profile", header({ "content-type": "application/octet-stream" }), "JSON as a download"),
  c("crit-mojibake", "/profile", json((o) => void (o.motto = Buffer.from(o.motto).toString("latin1"))), "UTF-8 read as Latin-1"),
  c("crit-error-200", "/comments", json(() => ({ success: false, message: "Internal error", code: "E500" })), "an error in place of a list"),
  c("crit-empty-body", "/posts/4", status(200, ""), "an empty body", { control: true }),
  c("crit-leak", "/posts/99", json(() => ({ error: "TypeError: Cannot read properties of undefined (reading 'id')", at: "/srv/board/node_modules/lodash-id/src/index.js:41:18" })), "an exception in a 404"),
];
