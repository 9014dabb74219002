/** Pages of a museum on Koa with pug and i18next: HTML with nonces and asset hashes, texts, redirects, cookies, translations. */
import { randomBytes, randomUUID } from "node:crypto";
import { c } from "../case.mjs";
import { all, bytes, cookie, cut, header, slow, status, swap, text } from "../plant.mjs";
import { broken, listen } from "../listen.mjs";

const LAYOUT = `
doctype html
html(lang=lang)
  head
    meta(charset="utf-8")
    meta(name="csrf-token" content=csrf)
    title= title
    link(rel="stylesheet" href="/assets/site." + build + ".css")
    script(nonce=nonce src="/assets/site." + build + ".js")
  body
    nav
      a(href=origin + "/") #{t("home")}
      a(href=origin + "/tickets") #{t("tickets")}
    main
      h1= title
      p.lead= t("lead")
      table.prices
        each row in prices
          tr
            td= row.kind
            td.amount= row.amount
      ul.works
        each work in works
          li(data-id=work.id): a(href="/works/" + work.id)= work.name
      form(method="post" action="/newsletter")
        input(type="hidden" name="_csrf" value=csrf)
        input(type="email" name="email" required)
        button(type="submit")= t("join")
    footer
      small #{t("rendered")} #{now}
    <!-- build #{build} trace #{trace} -->
`;
const WORDS = {
  en: { home: "Home", tickets: "Tickets", lead: "Open daily except Monday.", join: "Join", rendered: "Rendered at" },
  fr: { home: "Accueil", tickets: "Billets", lead: "Ouvert tous les jours sauf le lundi, été compris.", join: "S’inscrire", rendered: "Généré à" },
};
const WORKS = [["w-11", "Harbour at dusk"], ["w-12", "The glass blower"], ["w-13", "Étude nº 4"], ["w-14", "Two chairs"]];
const failing = await broken();

export async function start(load, side) {
  const Koa = load("koa").default ?? load("koa");
  const pug = load("pug");
  const i18next = load("i18next").default ?? load("i18next");
  const render = pug.compile(LAYOUT.trim(), { pretty: true });
  const words = i18next.createInstance();
  await words.init({ lng: "en", resources: { en: { translation: WORDS.en }, fr: { translation: WORDS.fr } } });
  const app = new Koa();
  const build = side === "prod" ? "5d41402a" : "7d793037";
  app.use((ctx) => {
    ctx.set("x-trace-id", randomUUID());
    const { path } = ctx;
    if (path === "/old") return ctx.redirect("/tickets?utm=old");
    if (path === "/robots.txt") return void (ctx.body = "User-agent: *\nDisallow: /admin\nSitemap: /sitemap.xml\n");
    if (path === "/status.txt") return void (ctx.body = `ok\nserved ${new Date().toISOString()} by web-${side}-${randomBytes(3).toString("hex")}\nvisitors today: 412\nqueue: empty\n`);
    if (path.startsWith("/gone")) return void ctx.throw(404, "No such page");
    ctx.cookies.set("visit", randomUUID(), { httpOnly: true, sameSite: "lax" });
    ctx.cookies.set("lang", ctx.query.lang ?? "en", { httpOnly: false, maxAge: 86_400_000 });
    const lang = ctx.query.lang ?? "en";
    const nonce = randomBytes(16).toString("base64");
    ctx.set("content-security-policy", `script-src 'nonce-${nonce}'`);
    ctx.set("cache-control", "private, no-cache");
    ctx.body = render({ lang, title: lang === "fr" ? "Musée d’exemple" : "Example museum", build, nonce, csrf: randomBytes(24).toString("base64url"), trace: randomUUID(), now: new Date().toISOString(), origin: `http://${ctx.host}`, t: words.getFixedT(lang), prices: [{ kind: "Adult", amount: "€12.50" }, { kind: "Child", amount: "€4.00" }], works: WORKS.map(([id, name]) => ({ id, name })) });
  });
  app.silent = true;
  return listen(app.callback());
}

export const cases = [
  c("safe-mixed", "/", null, "nonce, CSRF token, asset hash, trace, clock and cookie differ"),
  c("safe-mixed", "/tickets", null, "the same with a control", { control: true }),
  c("safe-mixed", "/?lang=fr", null, "the same in French, a second later", { late: 1100 }),
  c("safe-mixed", "/works", null, "with base and its second answer", { base: true, baseAgain: true }),
  c("safe-cookie-value", "/visit", null, "two cookies, one rotates", { control: true }),
  c("safe-own-host", "/old", header({ location: (l) => `http://shop.local${l}` }), "the same target as an address of the own host", { headers: { host: "shop.local" } }),
  c("safe-clock", "/status.txt", null, "a line of text with a clock and the instance's name", { control: true }),
  c("safe-clock", "/status.txt", null, "the same line a second later", { control: true, late: 1100 }),
  c("safe-equal", "/robots.txt", null, "the same text"),
  c("safe-request-id", "/gone/1", null, "a 404 with a trace of its own"),
  c("safe-white-space", "/about", text((t) => t.replace(/\n\s*/g, "\n")), "HTML without indentation"),
  c("safe-white-space", "/hours", text((t) => t.replaceAll("\n", "\r\n")), "other line ends in HTML", { control: true }),
  c("safe-key-order", "/team", swap('<input type="email" name="email"', '<input name="email" type="email"'), "attributes of a tag in another order"),
  c("safe-escapes", "/shop", swap("Harbour at dusk", "Harbour&#32;at dusk"), "a character reference for a space"),
  c("safe-escapes", "/shop?lang=fr", text((t) => t.replaceAll("É", "&Eacute;")), "a named reference for a letter"),
  c("safe-opaque-token", "/join", null, "the hidden CSRF field of a form"),
  c("safe-signed-url", "/press", swap("/works/w-11", "/works/w-11?X-Signature=9f86d081884c7d65&X-Expires=1795319000"), "a signed link with another signature", { prod: swap("/works/w-11", "/works/w-11?X-Signature=2c26b46b68ffc68f&X-Expires=1795318991") }),
  c("safe-slow-alone", "/slow-page", slow(180), "one slow page"),
  c("warn-value", "/", swap("Harbour at dusk", "Harbour at dawn"), "a title in a list changed"),
  c("warn-value", "/tickets", swap("Open daily except Monday.", "Open daily except Tuesday."), "opening days changed, among nonces", { control: true }),
  c("warn-value", "/status.txt", swap("visitors today: 412", "visitors today: 398"), "a line of text changed beside a clock", { control: true }),
  c("warn-value", "/robots.txt", swap("/admin", "/intern"), "a line of robots.txt changed"),
  c("warn-message", "/gone/2", bytes(() => Buffer.from("This page does not exist")), "another wording of a 404"),
  c("warn-added-field", "/about", swap("</main>", '<section class="news"><h2>News</h2></section></main>'), "a section added"),
  c("warn-added-field", "/robots.txt", (a) => ({ ...a, body: Buffer.concat([a.body, Buffer.from("Crawl-delay: 10\n")]) }), "a line added"),
  c("warn-rank-order", "/works", text((t) => t.replace(/(<li data-id="w-11">.*?<\/li>)(\s*)(<li data-id="w-12">.*?<\/li>)/s, "$3$2$1")), "two works changed places", { control: true }),
  c("warn-cache-header", "/hours", header({ "cache-control": "public, max-age=3600" }), "a private page is cached by all"),
  c("warn-security-header", "/shop", header({ "content-security-policy": null }), "no policy for scripts any more"),
  c("warn-status-4xx", "/gone/3", status(410), "404 to 410"),
  c("warn-status-better", "/members", null, "production answers 500", { prod: status(500, "Internal Server Error", "text/plain; charset=utf-8") }),
  c("crit-redirect", "/old", header({ location: "/login" }), "another page is the target"),
  c("crit-redirect", "/old", header({ location: null }), "a redirect without a target", { control: true }),
  c("crit-redirect", "/old", header({ location: "https://elsewhere.example.net/tickets?utm=old" }), "another host is the target"),
  c("crit-status", "/", status(500, "<h1>Internal Server Error</h1>"), "200 to 500", { control: true }),
  c("crit-error-200", "/works", status(200, "<!DOCTYPE html><html><head><title>500 Internal Server Error</title></head><body><h1>Internal Server Error</h1><p>Something went wrong.</p></body></html>"), "an error page under 200"),
  c("crit-leak", "/gone/4", bytes(() => Buffer.from("NotFoundError: No such page\n    at /usr/src/app/server.js:62:41\n    at dispatch (/usr/src/app/node_modules/koa-compose/index.js:42:32)\n")), "a stack trace in a 404"),
  c("crit-leak", "/about", swap("</main>", "<pre>Traceback (most recent call last):\n  File \"/usr/src/app/views.py\", line 12, in about\nKeyError: 'lead'</pre></main>"), "a trace in the middle of a page under 200"),
  c("crit-mojibake", "/?lang=fr", bytes((b) => Buffer.from(b.toString("latin1"))), "UTF-8 read as Latin-1", { control: true }),
  c("crit-mojibake", "/tickets?lang=fr", text((t) => t.replaceAll("é", "\uFFFD")), "replacement characters"),
  c("crit-cookie-flags", "/", cookie((line) => (line.startsWith("visit") ? line.replace("; httponly", "") : line)), "a rotated cookie lost HttpOnly"),
  c("crit-cookie-flags", "/visit", cookie((line) => (line.startsWith("visit") ? line.replace("; samesite=lax", "") : line)), "a rotated cookie lost SameSite", { control: true }),
  c("crit-items-dropped", "/works", text((t) => t.replace(/\s*<li data-id="w-13">.*?<\/li>/s, "")), "a work is gone from the list", { control: true }),
  c("crit-items-doubled", "/works?sort=name", text((t) => t.replace(/(\s*<li data-id="w-12">.*?<\/li>)/s, "$1$1")), "a work stands twice"),
  c("crit-field-removed", "/join", text((t) => t.replace(/\s*<form[\s\S]*<\/form>/, "")), "the form is gone"),
  c("crit-amount", "/tickets", swap("€12.50", "€125.0"), "a price in a table is wrong", { control: true }),
  c("crit-currency", "/tickets?day=1", swap("€4.00", "$4.00"), "another currency in a table"),
  c("crit-empty", "/hours", text((t) => t.replace(/<h1>.*?<\/h1>/, "<h1></h1>")), "an empty headline"),
  c("crit-empty-body", "/press", status(200, ""), "an empty page"),
  c("crit-content-type", "/shop", header({ "content-type": "text/plain; charset=utf-8" }), "a page shown as its source"),
  c("crit-no-answer", "/team", null, "the shadow hangs", { origin: failing.hang }),
  c("safe-truncated", "/long", null, "both cut at the limit; equal up to there", { on: all(bytes(() => Buffer.from(`<pre>${"lorem ipsum ".repeat(40)}</pre>`)), header({ "set-cookie": null, "content-security-policy": null }), cut(200)) }),
  c("crit-identity", "/works?mine=1", swap('data-id="w-14"', 'data-id="w-41"'), "an element carries another work's id"),
];
