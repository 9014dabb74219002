/** The shop example: what is sent, what was planted, and where nothing may be reported. README.md says the same in prose. */
import type { Example, Planted } from "../example.ts";
import { repeated } from "../repeated.ts";
import { production } from "./versions/production.ts";
import { shadow } from "./versions/shadow.ts";

const PLANTED: readonly Planted[] = [
  {
    id: "goods-dropped",
    route: "GET /goods",
    what: "The list of goods loses its last two entries",
    expected: { pattern: "$.goodsOnShelf", severity: "Critical" },
  },
  {
    id: "stock-removed",
    route: "GET /goods/{id}",
    what: "The stock level is gone",
    expected: { pattern: "$.stockLevel", kind: "missing", severity: "Critical" },
  },
  {
    id: "parcels-as-text",
    route: "GET /purchases/{id}",
    what: "The number of parcels is a text",
    expected: { pattern: "$.parcelCount", kind: "type", severity: "Critical" },
  },
  {
    id: "invoice-without-tax",
    route: "GET /purchases/{id}/invoice",
    what: "The total of an invoice lacks the tax",
    expected: { pattern: "$.grandTotalCents", kind: "value", severity: "Critical" },
  },
  {
    id: "tier-null",
    route: "GET /shoppers/{id}",
    what: "The shopper's tier is null",
    expected: { pattern: "$.loyaltyTier", kind: "type", severity: "Critical" },
  },
  {
    id: "voucher-crash",
    route: "GET /baskets/{id}/quote",
    what: "One basket in eight, the one with a voucher, is answered with 500",
    expected: { pattern: "status", severity: "Critical" },
  },
  {
    id: "cookie-readable",
    route: "GET /greeting",
    what: "The visit's cookie lost HttpOnly",
    expected: { pattern: "header:set-cookie", severity: "Critical" },
  },
  {
    id: "search-slow",
    route: "GET /find",
    what: "Every search takes more than ten times as long",
    expected: { rule: "latency", severity: "Critical" },
  },
];

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

export const shop: Example = {
  name: "shop",
  repository: "examples/shop",
  repositoryId: 1,
  pull: { number: 1, title: "Rewrite the shop's API", branch: "rewrite-api" },
  production,
  shadow,
  traffic: repeated(
    [
      ...numbers(16).flatMap((n) => [
        `/goods/${n}`,
        `/purchases/${1000 + n}`,
        `/purchases/${1000 + n}/invoice`,
        `/shoppers/${n}`,
        `/baskets/${(n % 8) + 1}/quote`,
      ]),
      ...numbers(8).flatMap((n) => ["/goods", "/greeting", `/find?q=word${n}`]),
      ...numbers(10).flatMap(() => ["/pulse", "/shelf-labels", "/links", "/price-notes", "/badge"]),
    ],
    2,
  ),
  planted: PLANTED,
  noiseOnlyRoutes: ["GET /pulse", "GET /shelf-labels", "GET /links", "GET /price-notes", "GET /badge"],
};
