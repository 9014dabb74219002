/** The transit service as it runs in production. Other field names and other noise than the shop's. */
import { anyNumber, clockForHeaders, epochSeconds, hexHash, opaque, shuffled, ulidNow } from "../../noise.ts";
import type { Reply, Routes } from "../../server.ts";
import { fare, line, stop } from "../timetable.ts";

/** Every answer of the service: a request reference, a clock and the open data's CORS header. */
export function board(body: unknown, more: Partial<Reply> = {}): Reply {
  const headers = {
    "x-transit-span": hexHash().slice(0, 32),
    "last-modified": clockForHeaders(),
    "access-control-allow-origin": "*",
    "cache-control": "public, max-age=15",
    ...more.headers,
  };
  return { body, ...more, headers };
}

export const ALERTS = { alertLines: ["Lift out of order", "Track work on Sunday"] };

export const production: Routes = {
  "GET /departures/{}": ({ parts }) =>
    board({ ...stop(parts[0]), minutesAway: [4, 11, 19], boardStamp: epochSeconds() }),
  "GET /lines/{}": ({ parts }) => board({ ...line(parts[0]), feedDigest: hexHash() }),
  "GET /stops/{}": ({ parts }) => board({ ...stop(parts[0]), lookupRef: ulidNow() }),
  "GET /vehicles/{}": ({ parts }) =>
    board({ faultCaption: "no such vehicle", vehicleMark: `V${parts[0]}`, lookupRef: ulidNow() }, { code: 404 }),
  "GET /fares/{}": ({ parts }) => board({ ...fare(parts[0]), quotedFor: clockForHeaders() }),
  "GET /tickets/{}": ({ parts }) => ({
    ...board(""),
    code: 302,
    headers: { location: `/passes/${parts[0]}` },
  }),
  "GET /alerts": () => board({ ...ALERTS, feedDigest: hexHash() }),
  "GET /places/{}": ({ parts }) =>
    board({ stopCaption: stop(parts[0]).stopCaption, hint: "Ausgang über die Brücke", boardStamp: epochSeconds() }),

  // Noise alone from here on.
  "GET /vehicle-pulse": () =>
    board({
      pulseStamp: epochSeconds(),
      pulseRef: ulidNow(),
      cabinDegrees: anyNumber(15, 29),
      seenAround: clockForHeaders(),
    }),
  "GET /amenities": () =>
    board({
      amenityMarks: shuffled(["lift", "toilet", "kiosk", "locker", "wifi"]).map((amenityMark) => ({ amenityMark })),
    }),
  "GET /feed": ({ origin }) =>
    board({ feedDigest: hexHash(), nextSlice: `${origin}/feed?after=${opaque(24)}`, sliceSize: 50 }),
  "GET /boarding-pass": () =>
    board(
      { passCode: opaque(48), gateNonce: hexHash().slice(0, 24) },
      { headers: { "set-cookie": `tr_gate=${opaque(24)}; Path=/; Secure` } },
    ),
  "GET /ratios": () =>
    board('{"loadRatio":0.50,"peakRatio":1e2,"ratioNote":"a\\/b"}', {
      headers: { "content-type": "application/json" },
    }),
};
