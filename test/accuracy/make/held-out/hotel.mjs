/** Hotels and bookings on hapi: nested JSON with prices in minor units, bookings created anew, a login, Boom's errors. */
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { c } from "../case.mjs";
import { all, cookie, header, json, slow, status, swap } from "../plant.mjs";

export async function start(load, side) {
  const { faker } = load("@faker-js/faker");
  const hapi = load("@hapi/hapi");
  const boom = load("@hapi/boom");
  faker.seed(811);
  const hotels = Array.from({ length: 12 }, (_, i) => hotel(faker, 4100 + i));
  const server = hapi.server({ port: 0, host: "127.0.0.1" });
  const origin = (request) => `http://${request.info.host}`;
  const add = (method, path, handler) => server.route({ method, path, handler });
  server.ext("onPreResponse", (request, h) => {
    const { response } = request;
    const headers = response.isBoom ? response.output.headers : response.headers;
    headers["x-correlation-id"] = randomUUID();
    headers["server-timing"] = `app;dur=${randomInt(10, 90) / 10}`;
    return h.continue;
  });
  add("GET", "/hotels/{id}", (request) => {
    const found = hotels.find(({ id }) => id === Number(request.params.id));
    return found === undefined ? boom.notFound("No such hotel") : shown(found, origin(request));
  });
  add("GET", "/hotels", (request) => ({
    results: hotels.slice(0, 6).map(({ id, name, stars, rooms }) => ({ id, name, stars, from: rooms[0].rate })),
    total: hotels.length,
    generated: Math.floor(Date.now() / 1000),
    next_cursor: Buffer.from(`${Date.now()}:${randomInt(1e9)}`).toString("base64url"),
    self: `${origin(request)}${request.path}${request.url.search}`,
  }));
  add("POST", "/bookings", (request, h) => h.response(booking(request.payload, hotels)).code(201));
  add("GET", "/bookings/{ref}", () => boom.forbidden("This booking belongs to somebody else"));
  add("POST", "/login", (_, h) =>
    h
      .response({ user: { id: 77, name: "Robin Example" }, access_token: randomBytes(24).toString("base64url"), expires_in: 3600 })
      .header("set-cookie", `sid=${randomBytes(16).toString("hex")}; Path=/; HttpOnly; Secure; SameSite=Lax`),
  );
  add("GET", "/go/{id}", (request, h) => h.redirect(`${origin(request)}/hotels/${request.params.id}?from=go`));
  const beganAt = Date.now() - (side === "prod" ? 86_400_000 : 9_000);
  add("GET", "/health", () => ({ status: "ok", version: "4.2.0", uptime: (Date.now() - beganAt) / 1000, checks: { db: "up", cache: "up" } }));
  await server.start();
  return `http://127.0.0.1:${server.info.port}`;
}

function hotel(faker, id) {
  const room = (code) => ({
    code,
    beds: faker.number.int({ min: 1, max: 3 }),
    rate: { amount_minor: faker.number.int({ min: 6900, max: 42000 }), currency: "EUR" },
    refundable: faker.datatype.boolean(),
  });
  return {
    id,
    name: `${faker.location.street()} Hotel`,
    description: faker.lorem.sentence(),
    stars: faker.number.int({ min: 2, max: 5 }),
    rating: faker.number.float({ min: 6, max: 9.8, fractionDigits: 1 }),
    address: { street: faker.location.streetAddress(), city: faker.location.city(), postcode: faker.location.zipCode() },
    amenities: ["wifi", "pool", "spa", "parking", "gym"],
    rooms: [room("STD"), room("DLX"), room("FAM")],
    check_in: "15:00",
    cancellation: null,
  };
}

function shown(found, origin) {
  return {
    ...found,
    served_at: new Date().toISOString(),
    availability_token: randomBytes(18).toString("base64url"),
    links: { self: `${origin}/hotels/${found.id}`, photos: `${origin}/hotels/${found.id}/photos` },
  };
}

function booking(payload, hotels) {
  return {
    booking_id: randomUUID(),
    state: "confirmed",
    hotel_id: hotels[0].id,
    nights: payload.nights,
    guest: payload.guest,
    total: { amount_minor: hotels[0].rooms[0].rate.amount_minor * payload.nights, currency: "EUR" },
    created_at: new Date().toISOString(),
    payment_due: new Date(Date.now() + 86_400_000).toISOString(),
  };
}

const post = (body) => ({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const stay = post({ nights: 3, guest: { name: "Kim Example", email: "kim@example.org" } });
const login = post({ user: "robin" });
const H = "/hotels/4101";

const seen = [4100, 4102, 4104, 4106, 4108, 4110];

export const cases = [
  ...seen.map((id, n) => c("safe-mixed", `/hotels/${id}?via=search`, null, "clock, token, timings and links of its own", { control: n % 3 === 0, base: n % 3 === 1, baseAgain: n % 3 === 1 })),
  c("safe-clock", H, null, "only served_at, the availability token and own links differ"),
  c("safe-mixed", "/hotels/4102", null, "the same with production's second answer beside it", { control: true }),
  c("safe-mixed", "/hotels/4103?lang=en", null, "asked a second later: Date moves as well", { late: 1100 }),
  c("safe-cursor", "/hotels?city=Graz", null, "the cursor holds the moment it was made", { late: 1100 }),
  c("safe-cursor", "/hotels?city=Linz&sort=price", null, "the cursor alone differs", { control: true }),
  c("safe-own-host", "/hotels?city=Wels", json((o) => void (o.next_cursor = "same")), "own host and port in a link", { prod: json((o) => void (o.next_cursor = "same")) }),
  c("safe-request-id", "/hotels/99", null, "a 404 on both sides; only the correlation id differs"),
  c("safe-request-id", "/bookings/R-1", null, "a 403 on both sides; correlation id and timing header differ", { control: true }),
  c("safe-control-noise", "/health", null, "uptime moves between two answers of production as well", { control: true }),
  c("safe-control-noise", "/health?verbose=1", json((o) => void (o.load = 0.41)), "the load average moves in the control too, same type", { on: json((o) => void (o.load = Math.random())), control: json((o) => void (o.load = 0.77)) }),
  c("safe-opaque-token", "/login", null, "access token and session cookie are drawn anew", login),
  c("safe-cookie-value", "/login?next=%2F", null, "the session cookie rotates and keeps every flag", login),
  c("safe-created-id", "/bookings", null, "a booking created anew on each side has an id of its own", stay),
  c("safe-created-id", "/bookings?notify=1", null, "the same, asked later", { ...stay, late: 1100 }),
  c("safe-own-host", "/go/4104", null, "the redirect goes to the same place on the own host"),
  c("safe-key-order", "/hotels/4105", json((o) => Object.fromEntries(Object.entries(o).reverse())), "keys the other way round"),
  c("safe-white-space", "/hotels/4106", json(() => undefined, { indent: 2 }), "indented instead of compact"),
  c("safe-number-notation", "/hotels/4107", swap(/"stars":(\d)/, '"stars":$1.0'), "4.0 is 4"),
  c("safe-mixed", "/hotels/4108", header({ "server-timing": "app;dur=41.9, db;dur=12.2" }), "timings of the server differ", { base: true, baseAgain: true }),
  c("safe-environment", "/hotels/4109", json((o) => void (o.description = "Stub of the test data")), "the environment's data differ from production and the base answers the same", { base: json((o) => void (o.description = "Stub of the test data")) }),
  c("crit-field-removed", H, json((o) => void delete o.address.postcode), "a nested field is gone, among clocks and tokens"),
  c("crit-field-removed", "/hotels/4102", json((o) => void delete o.cancellation), "a field is gone, although its value was null", { control: true }),
  c("crit-null", "/hotels/4103", json((o) => void (o.rooms[1].rate = null)), "a room's rate turned null"),
  c("crit-null", "/hotels/4104", json((o) => void (o.rating = null)), "null, and the control happens to hide it nowhere", { control: true }),
  c("crit-volatile-null", H, json((o) => void (o.served_at = null)), "a clock may move but not turn null", { control: true }),
  c("crit-volatile-type", "/hotels/4105", json((o) => void (o.served_at = Date.parse(o.served_at))), "a clock turned from text to number", { control: true }),
  c("crit-empty", "/hotels/4106", json((o) => void (o.address.city = "")), "a city turned empty"),
  c("crit-empty", "/hotels/4107", json((o) => void (o.amenities = [])), "the amenities turned into an empty list"),
  c("crit-type-changed", "/hotels/4108", json((o) => void (o.stars = String(o.stars))), "a number became text"),
  c("crit-type-changed", "/hotels/4109", json((o) => void (o.rooms = Object.fromEntries(o.rooms.map((r) => [r.code, r])))), "a list became an object"),
  c("crit-items-dropped", "/hotels?city=Graz", json((o) => void o.results.splice(2, 1)), "one result is gone, the total stays"),
  c("crit-items-dropped", H, json((o) => void o.rooms.pop()), "the last room is gone", { control: true }),
  c("crit-items-doubled", "/hotels?city=Linz", json((o) => void o.results.splice(1, 0, o.results[1])), "one result stands twice"),
  c("crit-amount", "/hotels/4102", json((o) => void (o.rooms[0].rate.amount_minor += 1)), "a cent more"),
  c("crit-amount", "/bookings", json((o) => void (o.total.amount_minor *= 100)), "minor units multiplied again, in a booking with an id of its own", stay),
  c("crit-currency", "/hotels/4103", json((o) => void (o.rooms[2].rate.currency = "USD")), "another currency, same number"),
  c("crit-identity", "/hotels/4104", json((o) => void (o.id = 4111)), "another hotel's id in the answer"),
  c("crit-identity", "/login", json((o) => void (o.user.id = 78)), "somebody else is logged in", login),
  c("crit-status", "/hotels/4105", status(500, { statusCode: 500, error: "Internal Server Error", message: "An internal server error occurred" }), "200 to 500"),
  c("crit-status", "/bookings", status(400, { statusCode: 400, error: "Bad Request", message: "Invalid request payload input" }), "a booking that went through is refused", stay),
  c("crit-cookie-flags", "/login", cookie((line) => line.replace("; HttpOnly", "")), "rotated value and a lost HttpOnly", login),
  c("crit-cookie-flags", "/login?next=%2F", cookie((line) => line.replace("; Secure", "")), "rotated value and a lost Secure", login),
  c("crit-redirect", "/go/4106", header({ location: (l) => l.replace("4106", "4105") }), "another hotel is redirected to"),
  c("crit-error-200", "/hotels/4107", status(200, { statusCode: 500, error: "Internal Server Error", message: "upstream failed" }), "an error body under 200"),
  c("crit-content-type", "/hotels/4108", header({ "content-type": "text/html; charset=utf-8" }), "JSON under text/html"),
  c("crit-leak", "/bookings/R-2", json((o) => void (o.stack = "Error: forbidden\n    at handler (/srv/app/routes/bookings.js:41:11)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)")), "a stack trace in a 403"),
  c("warn-value", "/hotels/4109", json((o) => void (o.check_in = "14:00")), "a business value changed"),
  c("warn-value", H, json((o) => void (o.rating = 9.9)), "a rating changed among clocks and tokens", { control: true }),
  c("warn-message", "/bookings/R-3", json((o) => void (o.message = "You may not see this booking")), "another wording of an error"),
  c("warn-added-field", "/hotels/4102", json((o) => void (o.sustainability = { score: 3, label: "silver" })), "a new object"),
  c("warn-rank-order", "/hotels?city=Graz&sort=rank", json((o) => void o.results.unshift(o.results.splice(3, 1)[0])), "the fourth result leads now"),
  c("warn-optional-missing", "/hotels/4103", json((o) => void delete o.rooms[0].promo), "an optional field is gone where it stood", { on: json((o) => void (o.rooms[0].promo = o.rooms[2].promo = "early bird")) }),
  c("warn-status-4xx", "/hotels/99", status(410, { statusCode: 410, error: "Gone", message: "No such hotel" }), "404 to 410"),
  c("warn-status-2xx", "/bookings", status(202), "201 to 202, the body the same", stay),
  c("warn-status-better", "/hotels/4104", null, "production fails and the shadow answers", { prod: status(500, { statusCode: 500, error: "Internal Server Error", message: "An internal server error occurred" }) }),
  c("safe-slow-alone", "/rates-none", slow(120), "one slow pair proves nothing; both answer the same 404"),
  c("crit-mixed", "/hotels/4105", all(json((o) => void (o.rooms[0].refundable = null)), header({ "x-correlation-id": "none" })), "noise everywhere and one null", { control: true }),
];
