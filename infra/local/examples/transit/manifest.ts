/** The transit example: what is sent, what was planted, and where nothing may be reported. README.md says the same in prose. */
import type { Example, Planted } from "../example.ts";
import { repeated } from "../repeated.ts";
import { production } from "./versions/production.ts";
import { shadow } from "./versions/shadow.ts";

const PLANTED: readonly Planted[] = [
  {
    id: "failure-with-200",
    route: "GET /departures/{id}",
    what: "A failure is sent with status 200",
    expected: { rule: "envelope", severity: "Critical" },
  },
  {
    id: "lines-as-html",
    route: "GET /lines/{id}",
    what: "A page of HTML where JSON was",
    expected: { pattern: "header:content-type", severity: "Critical" },
  },
  {
    id: "stops-empty",
    route: "GET /stops/{id}",
    what: "The answer is empty",
    expected: { pattern: "body", severity: "Critical" },
  },
  {
    id: "stack-shown",
    route: "GET /vehicles/{id}",
    what: "A stack trace is shown to the caller",
    expected: { rule: "internals", severity: "Critical" },
  },
  {
    id: "currency-swapped",
    route: "GET /fares/{id}",
    what: "Fares are in another currency",
    expected: { pattern: "$.fareCurrency", kind: "value", severity: "Critical" },
  },
  {
    id: "ticket-astray",
    route: "GET /tickets/{id}",
    what: "The redirect leads to another page",
    expected: { pattern: "header:location", severity: "Critical" },
  },
  {
    id: "cors-lost",
    route: "GET /alerts",
    what: "Pages on other hosts can no longer read the alerts",
    expected: { pattern: "header:access-control-allow-origin", severity: "Critical" },
  },
  {
    id: "umlauts-broken",
    route: "GET /places/{id}",
    what: "Umlauts arrive as two wrong characters",
    expected: { pattern: "$.hint", severity: "Critical" },
  },
];

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

export const transit: Example = {
  name: "transit",
  repository: "examples/transit",
  repositoryId: 2,
  pull: { number: 1, title: "Move the timetable to a new library", branch: "new-timetable" },
  production,
  shadow,
  traffic: repeated(
    [
      ...numbers(12).flatMap((n) => [
        `/departures/${n}`,
        `/lines/${n}`,
        `/stops/${n}`,
        `/vehicles/${n}`,
        `/fares/${n}`,
        `/tickets/${n}`,
        `/places/${n}`,
        "/alerts",
      ]),
      ...numbers(10).flatMap(() => ["/vehicle-pulse", "/amenities", "/feed", "/boarding-pass", "/ratios"]),
    ],
    2,
  ),
  planted: PLANTED,
  noiseOnlyRoutes: ["GET /vehicle-pulse", "GET /amenities", "GET /feed", "GET /boarding-pass", "GET /ratios"],
};
