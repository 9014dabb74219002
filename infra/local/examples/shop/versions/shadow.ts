/**
 * The shop as the pull request would make it: production's routes with eight regressions in them, each named as in
 * `manifest.ts`, and with another serialiser, which changes key order, notation and white space but no meaning.
 */
import { anyNumber, clock, epochSeconds, opaque, shuffled, uuid } from "../../noise.ts";
import type { Routes } from "../../server.ts";
import { GOODS, goodAt } from "../stock.ts";
import { GREETING, invoice, JSON_TEXT, page, production, purchase, shopper } from "./production.ts";

/** The basket that has a voucher. */
const VOUCHER_BASKET = "7";
/** Ten times as long as production even where a busy machine makes production slow; below the tee's limit of 5 s. */
const SLOW_SEARCH_MS = 2_000;

export const shadow: Routes = {
  ...production,

  // goods-dropped: the page size went from 8 to 6.
  "GET /goods": () => page({ goodsOnShelf: GOODS.slice(0, 6), pageCursor: opaque(18) }),

  // stock-removed: the field was thought to be unused.
  "GET /goods/{}": ({ parts }) => {
    const { stockLevel: _gone, ...rest } = goodAt(parts[0]);
    return page({ ...rest, countedAt: clock() });
  },

  // parcels-as-text: a query parameter's type leaked into the answer.
  "GET /purchases/{}": ({ parts }) => {
    const { parcelCount, ...rest } = purchase(parts[0]);
    return page({ ...rest, parcelCount: String(parcelCount) });
  },

  // invoice-without-tax: the sum is made before the tax is known.
  "GET /purchases/{}/invoice": ({ parts }) => {
    const whole = invoice(parts[0]);
    return page({ ...whole, grandTotalCents: whole.netCents });
  },

  // tier-null: the join that brought the tier is gone.
  "GET /shoppers/{}": ({ parts }) => page({ ...shopper(parts[0]), loyaltyTier: null }),

  // voucher-crash: a basket with a voucher hits a code path that throws.
  "GET /baskets/{}/quote": (visit) =>
    visit.parts[0] === VOUCHER_BASKET
      ? page({ oops: "the quote could not be made" }, { code: 500 })
      : page({ quotedAt: clock(), quoteCents: 1200, basketRef: `B-${visit.parts[0]}` }),

  // cookie-readable: the cookie lost HttpOnly, so any script on the page can read it.
  "GET /greeting": () =>
    page(GREETING, { headers: { "set-cookie": `shop_visit=${opaque(16)}; Path=/; SameSite=Lax` } }),

  // search-slow: an index is missing.
  "GET /find": ({ query }) =>
    page({ searchedFor: query.get("q"), foundGoods: GOODS.slice(0, 3) }, { workMs: SLOW_SEARCH_MS }),

  // Noise alone: other key order, white space, escapes and number notation.
  "GET /pulse": () =>
    page({ doorCount: anyNumber(1, 900), probeRef: uuid(), heartbeatSeconds: epochSeconds(), heartbeatAt: clock() }),
  "GET /shelf-labels": () =>
    page({ aisle: 4, labelSet: shuffled(["sale", "steel", "oak", "handmade", "blue", "giftable"]) }),
  "GET /price-notes": () => page('{ "taxShare": 19.0, "discountShare": 12.5, "noteLine": "café" }', JSON_TEXT),
};
