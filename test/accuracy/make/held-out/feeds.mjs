/** Feeds, calendars, spreadsheets, logs and SOAP on plain Node: XML, CSV, NDJSON, iCalendar and form bodies made by their libraries. */
import { randomBytes, randomUUID } from "node:crypto";
import { c } from "../case.mjs";
import { bytes, header, status, swap, text } from "../plant.mjs";
import { listen } from "../listen.mjs";

const STATIONS = [["S1", "Nordhafen", 12.5, 48], ["S2", "Südkreuz", 13.1, 51], ["S3", "Altstadt", 11.9, 55], ["S4", "Flughafen", 12, 40], ["S5", "Messe", 12.75, 44]];

export function start(load) {
  const { Feed } = load("feed");
  const { create } = load("xmlbuilder2");
  const papa = load("papaparse");
  const ics = load("ics");
  const routes = {
    "/atom": (origin) => ["application/atom+xml; charset=utf-8", atom(Feed, origin)],
    "/stations.xml": () => ["application/xml; charset=utf-8", xml(create)],
    "/soap": () => ["text/xml; charset=utf-8", soap(create)],
    "/stations.csv": () => ["text/csv; charset=utf-8", papa.unparse(STATIONS.map(([id, name, temperature, humidity]) => ({ id, name, temperature, humidity, price: (temperature * 2).toFixed(2), exported: new Date().toISOString() })))],
    "/plain.csv": () => ["text/csv; charset=utf-8", papa.unparse(STATIONS.map(([id, name, temperature, humidity]) => ({ id, name, temperature, humidity })), { newline: "\n" })],
    "/events.ndjson": () => ["application/x-ndjson", STATIONS.map(([id, name, temperature], n) => JSON.stringify({ event: n + 1, station: id, name, temperature, trace_id: randomBytes(16).toString("hex"), ts: Date.now() + n })).join("\n")],
    "/calendar": () => ["text/calendar; charset=utf-8", calendar(ics)],
    "/token": () => ["application/x-www-form-urlencoded", new URLSearchParams({ access_token: randomBytes(20).toString("hex"), token_type: "bearer", scope: "read write", expires_in: "3600" }).toString()],
  };
  return listen((request, response) => {
    const made = routes[request.url.split("?")[0]]?.(`http://${request.headers.host}`);
    response.setHeader("x-amzn-trace-id", `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`);
    if (made === undefined) return void response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    response.writeHead(200, { "content-type": made[0] }).end(made[1]);
  });
}

function atom(Feed, origin) {
  const feed = new Feed({ title: "Station news", id: "urn:stations", link: origin, copyright: "none", updated: new Date(), generator: "feed" });
  for (const [id, name] of STATIONS) feed.addItem({ title: `${name} reopened`, id: `urn:stations:${id}`, link: `${origin}/news/${id}`, date: new Date("2026-03-01T08:00:00Z"), description: `Platform ${id} is open & staffed.` });
  return feed.atom1();
}

function xml(create) {
  const root = create({ version: "1.0", encoding: "UTF-8" }).ele("stations", { count: STATIONS.length, generated: new Date().toISOString() });
  for (const [id, name, temperature, humidity] of STATIONS) root.ele("station", { id, zone: "A" }).ele("name").txt(name).up().ele("temperature", { unit: "C" }).txt(String(temperature)).up().ele("humidity").txt(String(humidity)).up();
  return root.end({ prettyPrint: true });
}

function soap(create) {
  return create({ version: "1.0" }).ele("soap:Envelope", { "xmlns:soap": "http://schemas.xmlsoap.org/soap/envelope/" }).ele("soap:Header").ele("MessageID").txt(`urn:uuid:${randomUUID()}`).up().up().ele("soap:Body").ele("GetFareResponse").ele("fare").txt("3.20").up().ele("currency").txt("EUR").up().ele("validUntil").txt("2026-12-31").up().up().up().end();
}

function calendar(ics) {
  const events = STATIONS.slice(0, 3).map(([id, name], n) => ({ uid: `maintenance-${id}@stations.example`, title: `Maintenance ${name}`, start: [2026, 4, n + 1, 9, 0], duration: { hours: 2 } }));
  return ics.createEvents(events).value;
}

const polled = ["/atom", "/soap", "/token", "/stations.xml", "/stations.csv", "/events.ndjson"];

export const cases = [
  ...polled.map((path, n) => c("safe-mixed", `${path}?poll=1`, null, "clocks, ids and tokens of its own, the same content", { control: n > 2, base: n < 2, baseAgain: n < 2 })),
  c("safe-clock", "/atom", null, "the feed's updated and own links", { late: 1100 }),
  c("safe-clock", "/stations.xml", null, "generated is an attribute", { control: true }),
  c("safe-clock", "/stations.csv", null, "a column of clocks", { control: true }),
  c("safe-clock", "/calendar", null, "DTSTAMP moves", { late: 1100, control: true }),
  c("safe-request-id", "/soap", null, "the message id and a trace header"),
  c("safe-request-id", "/events.ndjson", null, "a trace id and an epoch in each line", { control: true }),
  c("safe-opaque-token", "/token", null, "an access token in a form body"),
  c("safe-equal", "/plain.csv", null, "the same spreadsheet; a trace header differs"),
  c("safe-request-id", "/nothing", null, "a 404 on both sides"),
  c("safe-white-space", "/stations.xml", text((t) => t.replaceAll(/>\s+</g, "><")), "XML on one line", { control: true }),
  c("safe-white-space", "/plain.csv", text((t) => t.replaceAll("\n", "\r\n")), "other line ends in a CSV"),
  c("safe-white-space", "/soap", text((t) => t.replaceAll("><", ">\n<")), "XML indented"),
  c("safe-escapes", "/atom", text((t) => t.replaceAll("Südkreuz", "S&#252;dkreuz")), "a letter as a character reference", { control: true }),
  c("safe-escapes", "/plain.csv", text((t) => t.replace("Nordhafen", '"Nordhafen"')), "quotes that CSV does not need"),
  c("safe-escapes", "/token", swap("read+write", "read%20write"), "a space as %20 in a form body"),
  c("safe-key-order", "/stations.xml", swap('id="S1" zone="A"', 'zone="A" id="S1"'), "attributes in another order"),
  c("safe-key-order", "/token", text((t) => t.split("&").reverse().join("&")), "pairs of a form in another order"),
  c("safe-key-order", "/events.ndjson", text((t) => t.split("\n").map((l) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(l)).reverse()))).join("\n")), "keys of each line reversed", { control: true }),
  c("safe-environment", "/plain.csv", swap("Messe", "Testhalle"), "base and shadow agree", { base: swap("Messe", "Testhalle") }),
  c("warn-value", "/atom", swap("Altstadt reopened", "Altstadt closed"), "a headline changed"),
  c("warn-value", "/stations.xml", swap(">48<", ">47<"), "a humidity changed beside a clock", { control: true }),
  c("warn-value", "/plain.csv", swap("13.1", "13.2"), "a cell changed"),
  c("warn-value", "/events.ndjson", swap('"temperature":12.75', '"temperature":12.8'), "a value of one line changed", { control: true }),
  c("warn-value", "/calendar", swap("Maintenance Altstadt", "Inspection Altstadt"), "a summary changed"),
  c("warn-value", "/soap", swap("2026-12-31", "2026-06-30"), "a date of validity is business data"),
  c("warn-added-field", "/stations.xml", text((t) => t.replaceAll("</humidity>", "</humidity><wind>3</wind>")), "an element added to every station", { control: true }),
  c("warn-added-field", "/plain.csv", text((t) => t.split("\n").map((l, i) => `${l},${i === 0 ? "wind" : 3}`).join("\n")), "a column added"),
  c("warn-added-field", "/events.ndjson", text((t) => t.replaceAll('"station"', '"line":7,"station"')), "a field added to every line", { control: true }),
  c("warn-added-field", "/token", text((t) => `${t}&refresh_expires_in=86400`), "a pair added to a form"),
  c("warn-rank-order", "/plain.csv", text((t) => [t.split("\n")[0], ...t.split("\n").slice(1).reverse()].join("\n")), "rows the other way round", { control: true }),
  c("warn-optional-missing", "/events.ndjson", swap(',"note":"b"', ""), "a field of some lines is missing in one", { on: text((t) => t.replace('"event":1,', '"event":1,"note":"a",').replace(/("station":"S3")/, '$1,"note":"b"')), control: true }),
  c("crit-field-removed", "/stations.xml", text((t) => t.replaceAll(/\s*<humidity>.*?<\/humidity>/g, "")), "an element is gone from every station"),
  c("crit-field-removed", "/plain.csv", text((t) => t.split("\n").map((l) => l.split(",").slice(0, 3).join(",")).join("\n")), "a column is gone"),
  c("crit-field-removed", "/events.ndjson", text((t) => t.replaceAll(/,"name":"[^"]*"/g, "")), "a field is gone from every line", { control: true }),
  c("crit-field-removed", "/token", text((t) => t.replace(/&?token_type=bearer/, "")), "a pair of the form is gone"),
  c("crit-items-dropped", "/atom", text((t) => t.replace(/<entry>(?:(?!<entry>)[\s\S])*Flughafen[\s\S]*?<\/entry>/, "")), "an entry is gone", { control: true }),
  c("crit-items-dropped", "/plain.csv", text((t) => t.split("\n").filter((l) => !l.startsWith("S3")).join("\n")), "a row is gone"),
  c("crit-items-dropped", "/events.ndjson", text((t) => t.split("\n").slice(0, -1).join("\n")), "the last line is gone", { control: true }),
  c("crit-items-dropped", "/calendar", text((t) => t.replace(/BEGIN:VEVENT(?:(?!BEGIN:VEVENT)[\s\S])*?END:VEVENT\r\n(?=BEGIN)/, "")), "an event is gone"),
  c("crit-items-doubled", "/stations.xml", text((t) => t.replace(/(\s*<station id="S2"[\s\S]*?<\/station>)/, "$1$1")), "a station stands twice"),
  c("crit-items-doubled", "/plain.csv", text((t) => t.replace(/(S4,.*\n)/, "$1$1")), "a row stands twice", { control: true }),
  c("crit-amount", "/soap", swap(">3.20<", ">32.0<"), "a fare ten times as high"),
  c("crit-amount", "/stations.csv", swap(",25.00,", ",2.50,"), "a price of a row is wrong, beside a column of clocks", { control: true }),
  c("crit-currency", "/soap", swap(">EUR<", ">CHF<"), "another currency"),
  c("crit-identity", "/stations.xml", swap('station id="S5"', 'station id="S9"'), "another station's id", { control: true }),
  c("crit-null", "/events.ndjson", swap('"temperature":11.9', '"temperature":null'), "a value of one line turned null", { control: true }),
  c("crit-empty", "/plain.csv", swap(",Messe,", ",,"), "a cell turned empty"),
  c("crit-empty", "/stations.xml", swap("<name>Altstadt</name>", "<name/>"), "an element turned empty", { control: true }),
  c("crit-type-changed", "/events.ndjson", swap('"temperature":12.5', '"temperature":"12.5"'), "a number of one line became text"),
  c("crit-content-type", "/atom", header({ "content-type": "text/html" }), "a feed as HTML"),
  c("crit-content-type", "/plain.csv", header({ "content-type": "application/json" }), "a CSV named JSON"),
  c("crit-mojibake", "/stations.xml", bytes((b) => Buffer.from(b.toString("latin1"))), "UTF-8 read as Latin-1", { control: true }),
  c("crit-mojibake", "/plain.csv", swap("Südkreuz", "S?dkreuz"), "a letter lost to a question mark"),
  c("crit-error-200", "/soap", bytes(() => Buffer.from('<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Server</faultcode><faultstring>Internal error</faultstring></soap:Fault></soap:Body></soap:Envelope>')), "a SOAP fault under 200"),
  c("crit-error-200", "/events.ndjson", status(200, '{"error":"backend unavailable","code":503}'), "an error in place of the lines"),
  c("crit-empty-body", "/plain.csv", status(200, ""), "an empty export"),
  c("crit-status", "/atom", status(500, "error\n", "text/plain"), "200 to 500"),
  c("crit-broken", "/stations.xml", text((t) => t.slice(0, -20)), "XML that ends in the middle"),
  c("crit-broken", "/events.ndjson", text((t) => t.slice(0, -9)), "the last line breaks off", { control: true }),
];
