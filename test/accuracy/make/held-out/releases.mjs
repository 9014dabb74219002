/** Recorded answers of the GitHub API (@octokit/fixtures) played by plain Node: rate limits, link headers, weak ETags, 422s. */
import { createHash, randomBytes } from "node:crypto";
import { c } from "../case.mjs";
import { header, json, status, swap } from "../plant.mjs";
import { listen } from "../listen.mjs";

const SCENARIOS = ["get-organization", "labels", "get-content", "branch-protection", "errors", "project-cards", "markdown"];

/** Headers that only make the pairs longer. */
const LEFT_OUT = /^(connection|content-length|x-oauth|x-accepted|x-github-media|x-xss|x-ratelimit-(limit|resource)|strict-transport|x-permitted)/;

export function start(load, side) {
  const recorded = SCENARIOS.flatMap((name) => load(`@octokit/fixtures/scenarios/api.github.com/${name}/normalized-fixture.json`));
  let remaining = side === "prod" ? 4871 : 4999;
  return listen((request, response) => {
    const asked = request.url.split("?")[0];
    const found = recorded.findLast(({ method, path }) => method === request.method.toLowerCase() && path.split("?")[0] === asked);
    if (found === undefined) return void response.writeHead(404).end("{}");
    const text = typeof found.response === "string" ? found.response : JSON.stringify(found.response);
    remaining -= 1;
    const own = {
      date: new Date().toUTCString(),
      "x-github-request-id": `${randomBytes(2).toString("hex")}:${randomBytes(3).toString("hex")}:${randomBytes(4).toString("hex")}`.toUpperCase(),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-used": String(5000 - remaining),
      "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + (side === "prod" ? 1200 : 3600)),
      etag: `W/"${createHash("sha256").update(side + text).digest("hex")}"`,
    };
    const kept = Object.fromEntries(Object.entries(found.headers).filter(([name]) => !LEFT_OUT.test(name)));
    response.writeHead(found.status, { ...kept, ...own, ...(found.status === 204 ? {} : { "content-length": Buffer.byteLength(text) }) });
    response.end(found.status === 204 ? undefined : text);
  });
}

const ORG = "/orgs/octokit-fixture-org";
const LABELS = "/repos/octokit-fixture-org/labels/labels";
const FILES = "/repos/octokit-fixture-org/hello-world/contents/";
const README = "/repos/octokit-fixture-org/hello-world/contents/README.md";
const GUARD = "/repos/octokit-fixture-org/branch-protection/branches/main/protection";
const CARDS = "/projects/columns/1000/cards";
const NEW = { method: "POST", headers: { "content-type": "application/json" }, body: '{"name":"foo","color":"invalid"}' };
const REFUSED = "/repos/octokit-fixture-org/errors/labels";

const quiet = [ORG, LABELS, FILES, README, GUARD];

export const cases = [
  ...quiet.map((path, n) => c("safe-mixed", `${path}?ref=${n}`, null, "headers of its own, the same body", { late: 400, control: n % 2 === 0 })),
  c("safe-mixed", ORG, null, "request id, ETag, Date and what is left of the rate limit differ", { late: 1100 }),
  c("safe-mixed", LABELS, null, "the same for a list"),
  c("safe-etag", FILES, null, "the same with a control", { control: true }),
  c("safe-etag", README, null, "a text with another ETag", { base: true, baseAgain: true }),
  c("safe-request-id", REFUSED, null, "a 422 on both sides", NEW),
  c("safe-request-id", GUARD, null, "another answer with headers of its own", { control: true, late: 1100 }),
  c("safe-key-order", LABELS, json((o) => o.map((l) => Object.fromEntries(Object.entries(l).reverse()))), "keys of each label reversed"),
  c("safe-key-order", CARDS, json((o) => o.map((l) => Object.fromEntries(Object.entries(l).toSorted()))), "keys of each card sorted", { control: true }),
  c("safe-white-space", ORG, json(() => undefined, { indent: 2 }), "indented"),
  c("safe-white-space", FILES, (a) => ({ ...a, body: Buffer.concat([a.body, Buffer.from("\n")]) }), "a line end after the document"),
  c("safe-set-order", ORG, header({ "access-control-expose-headers": (v) => v.split(", ").reverse().join(", ") }), "exposed headers are a set of names"),
  c("safe-set-order", LABELS, header({ "cache-control": "s-maxage=60, max-age=60, private" }), "the same directives in another order"),
  c("safe-escapes", LABELS, swap("isn't", "isn\\u0027t"), "an apostrophe as an escape"),
  c("safe-number-notation", ORG, swap('"id":1000', '"id":1.0e3'), "1.0e3 is 1000"),
  c("safe-server-version", FILES, header({ server: "GitHub.com/2", "x-runtime": "0.0312" }), "server version and run time", { on: header({ server: "GitHub.com", "x-runtime": "0.0291" }) }),
  c("safe-age", README, header({ age: "600", "x-cache": "HIT" }), "age and kind of a cache's answer", { on: header({ age: "12", "x-cache": "MISS" }) }),
  c("safe-control-noise", CARDS, json((o) => void (o[0].views = 41)), "a counter that production moves by itself", { on: json((o) => void (o[0].views = 40)), control: json((o) => void (o[0].views = 43)) }),
  c("safe-control-noise", LABELS, json((o) => void o.push(o.shift())), "a list that production itself answers in chance order", { control: json((o) => void o.reverse()) }),
  c("warn-value", ORG, json((o) => void (o.location = "Berlin")), "a location changed"),
  c("warn-value", LABELS, json((o) => void (o[3].color = "ffffff")), "a colour changed", { control: true }),
  c("warn-value", CARDS, json((o) => void (o[0].note = "Something else")), "a note changed", { control: true }),
  c("warn-value", FILES, json((o) => void (o[0].size += 3)), "a size changed"),
  c("warn-message", REFUSED, json((o) => void (o.message = "Validation has failed")), "another wording", NEW),
  c("warn-message", REFUSED, json((o) => void (o.documentation_url += "#create-a-label")), "another page of the documentation", NEW),
  c("warn-added-field", LABELS, json((o) => void o.forEach((l, i) => (l.position = i))), "a position added"),
  c("warn-added-field", ORG, json((o) => void (o.archived_at = null)), "a new null field", { control: true }),
  c("warn-rank-order", LABELS, json((o) => void o.sort((a, b) => (a.color < b.color ? -1 : 1))), "sorted by colour in place of the name; the control keeps its order", { control: true }),
  c("warn-rank-order", LABELS, json((o) => void o.reverse()), "the last label first", { control: true }),
  c("warn-cache-header", ORG, header({ "cache-control": "public, max-age=60, s-maxage=60" }), "private became public"),
  c("warn-cache-header", README, header({ "cache-control": "private, max-age=86400" }), "kept for a day", { control: true }),
  c("warn-security-header", FILES, header({ "referrer-policy": null }), "the referrer policy is gone"),
  c("warn-security-header", LABELS, header({ "content-security-policy": "default-src *" }), "a policy that allows everything", { control: true }),
  c("warn-status-4xx", REFUSED, status(400), "422 to 400", NEW),
  c("warn-status-2xx", CARDS, status(200), "201 to 200", { ...NEW, body: '{"note":"x"}' }),
  c("warn-optional-missing", FILES, json((o) => void delete o[0].target), "a field of some entries is missing in one of them", { on: json((o) => [{ ...o[0], target: "b" }, { ...o[0], name: "NOTES.md", path: "NOTES.md", target: "a" }, { ...o[0], name: "plain", path: "plain" }]) }),
  c("warn-status-better", ORG, null, "production fails with 500", { prod: status(500, { message: "Server Error" }) }),
  c("crit-field-removed", ORG, json((o) => void delete o.public_repos), "a count is gone"),
  c("crit-field-removed", LABELS, json((o) => o.map(({ color: _, ...l }) => l)), "the colours are gone", { control: true }),
  c("crit-field-removed", CARDS, json((o) => void delete o[1].creator.login), "a nested field is gone from one of two", { control: true }),
  c("crit-null", CARDS, json((o) => void (o[1].creator = null)), "a creator turned null", { control: true }),
  c("crit-null", LABELS, json((o) => void (o[8].description = null)), "one of nine descriptions turned null"),
  c("crit-empty", ORG, json((o) => void (o.login = "")), "an empty login"),
  c("crit-empty", LABELS, json(() => []), "an empty list", { control: true }),
  c("crit-type-changed", FILES, json((o) => void (o[0].size = `${o[0].size} bytes`)), "a size became text"),
  c("crit-type-changed", LABELS, json((o) => ({ items: o, total: o.length })), "a list became an object"),
  c("crit-items-dropped", LABELS, json((o) => o.filter((l) => l.name !== "invalid")), "a label is gone"),
  c("crit-items-dropped", LABELS, json((o) => void o.shift()), "the first label is gone", { control: true }),
  c("crit-items-doubled", CARDS, json((o) => [o[0], ...o]), "a card twice"),
  c("crit-identity", ORG, json((o) => void (o.id = 1001)), "another organisation's id", { control: true }),
  c("crit-identity", CARDS, json((o) => void (o[0].creator.id = 4242)), "another creator's id", { control: true }),
  c("crit-status", ORG, status(404, { message: "Not Found", documentation_url: "https://docs.example.com/rest" }), "200 to 404"),
  c("crit-status", LABELS, status(401, { message: "Bad credentials" }), "200 to 401", { control: true }),
  c("crit-status", GUARD, status(500, { message: "Server Error" }), "204 to 500", { method: "DELETE" }),
  c("crit-error-200", FILES, json(() => ({ message: "Server Error", errors: [{ resource: "Content", code: "internal" }] })), "an error envelope under 200"),
  c("crit-content-type", README, header({ "content-type": "application/octet-stream" }), "a text becomes a download"),
  c("crit-content-type", LABELS, header({ "content-type": "text/plain" }), "JSON as text", { control: true }),
  c("crit-cors", ORG, header({ "access-control-allow-origin": null, "access-control-expose-headers": null }), "CORS is lost"),
  c("crit-mojibake", README, (a) => ({ ...a, body: Buffer.from("# hello-world caf\u00c3\u00a9\n") }), "UTF-8 encoded twice", { on: (a) => ({ ...a, body: Buffer.from("# hello-world café\n") }) }),
  c("crit-empty-body", README, status(200, ""), "an empty file", { control: true }),
  c("crit-leak", REFUSED, json((o) => void (o.trace = "NoMethodError (undefined method `color' for nil:NilClass):\n  app/controllers/labels_controller.rb:31:in `create'\n  lib/rack/runtime.rb:22:in `call'")), "a Ruby trace in a 422", NEW),
  c("crit-volatile-null", CARDS, json((o) => void (o[0].updated_at = null)), "a clock turned null", { control: true }),
  c("crit-duplicate-key", ORG, swap('"login":', '"id":7,"login":'), "the id stands twice and one hides the other"),
];
