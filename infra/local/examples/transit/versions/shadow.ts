/** The transit service as the pull request would make it: eight regressions, named as in `manifest.ts`, and noise. */
import { anyNumber, clockForHeaders, epochSeconds, hexHash, opaque, shuffled, ulidNow } from "../../noise.ts";
import type { Routes } from "../../server.ts";
import { fare, line, stop } from "../timetable.ts";
import { ALERTS, board, production } from "./production.ts";

const STACK = [
  "TypeError: Cannot read properties of undefined (reading 'depot')",
  "    at findVehicle (/srv/app/src/vehicles.js:41:17)",
  "    at async handle (/srv/app/src/server.js:112:9)",
].join("\n");

export const shadow: Routes = {
  ...production,

  // failure-with-200: the timetable's failure is caught and sent as an answer.
  "GET /departures/{}": () => board({ error: { message: "timetable is not available" } }),

  // lines-as-html: the route renders a page where programs expect data.
  "GET /lines/{}": ({ parts }) =>
    board(`<html><body><h1>Line ${line(parts[0]).lineCode}</h1></body></html>`, {
      headers: { "content-type": "text/html; charset=utf-8" },
    }),

  // stops-empty: the body is never written.
  "GET /stops/{}": () => board(""),

  // stack-shown: an unknown vehicle is answered with the stack of the error.
  "GET /vehicles/{}": ({ parts }) =>
    board({ faultCaption: STACK, vehicleMark: `V${parts[0]}`, lookupRef: ulidNow() }, { code: 404 }),

  // currency-swapped: the default currency of the new library.
  "GET /fares/{}": ({ parts }) => board({ quotedFor: clockForHeaders(), ...fare(parts[0]), fareCurrency: "EUR" }),

  // ticket-astray: the redirect leads to the list, not to the pass.
  "GET /tickets/{}": () => ({ ...board(""), code: 302, headers: { location: "/passes" } }),

  // cors-lost: pages on other hosts can no longer read the alerts.
  "GET /alerts": () => {
    const { headers, ...rest } = board({ feedDigest: hexHash(), ...ALERTS });
    const kept = Object.entries(headers ?? {}).filter(([header]) => header !== "access-control-allow-origin");
    return { ...rest, headers: Object.fromEntries(kept) };
  },

  // umlauts-broken: UTF-8 read as Latin-1 and written as UTF-8 again.
  "GET /places/{}": ({ parts }) =>
    board({
      boardStamp: epochSeconds(),
      hint: garbled("Ausgang über die Brücke"),
      stopCaption: garbled(stop(parts[0]).stopCaption ?? ""),
    }),

  // Noise alone: key order, notation, escapes.
  "GET /vehicle-pulse": () =>
    board({
      seenAround: clockForHeaders(),
      cabinDegrees: anyNumber(15, 29),
      pulseRef: ulidNow(),
      pulseStamp: epochSeconds(),
    }),
  "GET /amenities": () =>
    board({
      amenityMarks: shuffled(["lift", "toilet", "kiosk", "locker", "wifi"]).map((amenityMark) => ({ amenityMark })),
    }),
  "GET /boarding-pass": () =>
    board(
      { gateNonce: hexHash().slice(0, 24), passCode: opaque(48) },
      { headers: { "set-cookie": `tr_gate=${opaque(24)}; Path=/; Secure` } },
    ),
  "GET /ratios": () =>
    board('{\n  "ratioNote": "a/b",\n  "peakRatio": 100,\n  "loadRatio": 0.5\n}', {
      headers: { "content-type": "application/json" },
    }),
};

function garbled(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
