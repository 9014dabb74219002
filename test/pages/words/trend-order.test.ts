import { expect, it } from "vitest";
import { worstFirst } from "../../../pages/src/words/trend-order.ts";
import { trendsFor } from "../../standins/trend-data.ts";

it("tells what is over a budget first, then what is close to one, and the rest as the API lists it", () => {
  const { items } = trendsFor(new URLSearchParams());
  const twice = [...items, ...items.map((trend) => ({ ...trend, service: "again" }))];
  expect(worstFirst(twice).map(({ service, endpoint }) => `${service} ${endpoint}`)).toEqual([
    "shop POST /api/shadow/events",
    "again POST /api/shadow/events",
    "shop GET /api/shadow/stats",
    "again GET /api/shadow/stats",
    "edge GET /healthz",
    "again GET /healthz",
  ]);
});
