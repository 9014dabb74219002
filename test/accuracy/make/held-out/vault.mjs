/** Files, sessions and uploads on Express 5: static and binary answers, signed redirects, JWTs, ULIDs and object ids, sessions. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { c } from "../case.mjs";
import { cookie, cut, header, json, status, swap } from "../plant.mjs";
import { listen } from "../listen.mjs";

/** A picture of one pixel. */
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

export function start(load, side) {
  const express = load("express");
  const session = load("express-session");
  const jwt = load("jsonwebtoken");
  const { ulid } = load("ulid");
  const { ObjectId } = load("bson");
  const app = express();
  app.disable("x-powered-by");
  app.use("/me", session({ secret: "example", resave: false, saveUninitialized: true, cookie: { httpOnly: true, sameSite: "strict" } }));
  app.get("/me", (_, response) => void response.json({ user: { id: 5, name: "Sam Example", locale: "en-GB" }, lastSeen: Date.now(), csrf: randomBytes(18).toString("base64") }));
  app.post("/token", (_, response) => void response.set("cache-control", "no-store").json({ id_token: jwt.sign({ sub: "5", jti: randomUUID() }, "example", { expiresIn: 60 }), token_type: "Bearer", scope: "read", expires_in: 60 }));
  app.post("/uploads", (_, response) => void response.status(201).json({ _id: new ObjectId().toHexString(), upload: ulid(), state: "pending", part_size: 5242880, url: signed(`/uploads/parts`) }));
  app.get("/download/:name", (request, response) => void response.redirect(307, signed(`/${request.params.name}`)));
  app.get("/pixel.png", (_, response) => void response.set({ "last-modified": new Date(side === "prod" ? 1.79e12 : 1.795e12).toUTCString(), etag: `"${side === "prod" ? "1a-18f" : "1a-19c"}"`, "content-disposition": "inline; filename=pixel.png" }).type("png").send(PIXEL));
  app.get("/files/:id", (request, response) => void response.json({ id: request.params.id, name: "report.pdf", bytes: 48213, sha256: createHash("sha256").update("report").digest("hex"), owner: "u-5", shared: ["u-5", "u-8"], tags: { year: 2026 }, preview: signed(`/preview/${request.params.id}`), accessed: new Date().toISOString() }));
  app.get("/audit", (_, response) => void response.json({ events: ["open", "share", "close"].map((kind) => ({ event: ulid(), kind, actor: "u-5" })), after: ulid() }));
  return listen(app);
}

function signed(path) {
  const at = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `https://store.example.com${path}?X-Amz-Date=${at}&X-Amz-Expires=900&X-Amz-Credential=EXAMPLE&X-Amz-Signature=${randomBytes(32).toString("hex")}`;
}

const POST = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
const F = "/files/f-1";
const some = ["f-2", "f-3", "f-4", "f-5", "f-6", "f-7"];

export const cases = [
  ...some.map((id, n) => c("safe-signed-url", `/files/${id}`, null, "a preview signed anew and a clock", { late: n % 2 === 0 ? 1100 : 3, control: n % 3 === 0, base: n % 3 === 1, baseAgain: n % 3 === 1 })),
  c("safe-cookie-value", "/me", null, "a session of its own, a clock and a CSRF token"),
  c("safe-cookie-value", "/me?fresh=1", null, "the same with a control", { control: true, late: 1100 }),
  c("safe-opaque-token", "/token", null, "a JWT issued anew", POST),
  c("safe-opaque-token", "/token?scope=read", null, "a JWT issued a second later", { ...POST, late: 1100 }),
  c("safe-created-id", "/uploads", null, "an object id, a ULID and a signed address of an upload created anew", POST),
  c("safe-created-id", "/uploads?parts=2", null, "the same a second later", { ...POST, late: 1100 }),
  c("safe-signed-url", "/download/a.zip", null, "a redirect to a signed address of the same file"),
  c("safe-signed-url", "/download/b.zip", null, "the same with a control", { control: true, late: 1100 }),
  c("safe-etag", "/pixel.png", null, "the same picture with another ETag and date of its copy"),
  c("safe-etag", "/pixel.png?w=1", null, "the same with a control", { control: true }),
  c("safe-control-noise", "/audit", null, "ULIDs of events that production makes anew as well", { control: true }),
  c("safe-control-noise", "/audit?limit=3", null, "the same between base and its second answer", { base: true, baseAgain: true }),
  c("safe-truncated", "/pixel.png?cut=1", null, "a picture cut at the limit on both sides", { on: cut(40) }),
  c("safe-own-host", "/nothing", null, "the same 404 page"),
  c("warn-value", F, json((o) => void (o.name = "report-final.pdf")), "a file's name changed", { control: true }),
  c("warn-value", "/me", json((o) => void (o.user.locale = "de-DE")), "a locale changed, among a session, a clock and a token", { control: true }),
  c("warn-cache-header", "/token", header({ "cache-control": null }), "no-store is gone from a token's answer", POST),
  c("warn-added-field", "/uploads", json((o) => void (o.max_parts = 10000)), "a limit added, among new ids", POST),
  c("warn-status-2xx", "/uploads", status(200), "201 to 200", POST),
  c("crit-cookie-flags", "/me", cookie((line) => line.replace("; SameSite=Strict", "; SameSite=None")), "a rotated session with SameSite weakened", { control: true }),
  c("crit-cookie-flags", "/me?fresh=1", header({ "set-cookie": null }), "no session cookie any more"),
  c("crit-redirect", "/download/c.zip", header({ location: (l) => l.replace("c.zip", "d.zip") }), "a signed address of another file"),
  c("crit-redirect", "/download/a.zip", header({ location: (l) => l.replace("store.example.com", "store-test.example.net") }), "a signed address on another host", { control: true }),
  c("crit-volatile-null", "/token", json((o) => void (o.id_token = null)), "a token turned null", POST),
  c("crit-volatile-type", "/me", json((o) => void (o.lastSeen = String(o.lastSeen))), "an epoch became text", { control: true }),
  c("crit-empty", F, json((o) => void (o.preview = "")), "a signed address turned empty", { control: true }),
  c("crit-field-removed", "/uploads", json((o) => void delete o.url), "the address to upload to is gone", POST),
  c("crit-identity", F, json((o) => void (o.owner_id = 9)), "another owner", { on: json((o) => void (o.owner_id = 5)), control: true }),
  c("crit-content-type", "/pixel.png", header({ "content-type": "application/json" }), "a picture named JSON"),
  c("crit-empty-body", "/pixel.png", status(200, ""), "a picture of no bytes", { control: true }),
  c("crit-error-200", F, json(() => ({ success: false, error: { code: "E_STORE", message: "store not reachable" } })), "an error envelope under 200"),
  c("crit-leak", "/nothing", swap(/<pre>.*<\/pre>/, "<pre>Error: ENOENT: no such file or directory, open '/srv/vault/data/nothing'<br> &nbsp; &nbsp;at Object.openSync (node:fs:561:18)</pre>"), "a path and a stack trace in a 404 page"),
  c("crit-items-dropped", "/audit", json((o) => void o.events.splice(1, 1)), "an event is gone among ids that always move", { control: true }),
  c("crit-status", "/download/e.zip", status(403, "Forbidden", "text/plain"), "a redirect became a refusal"),
];
