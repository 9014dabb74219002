/** The shop as it runs in production. */
import { anyNumber, clock, epochSeconds, opaque, shuffled, uuid } from "../../noise.ts";
import type { Reply, Routes } from "../../server.ts";
import { GOODS, goodAt } from "../stock.ts";

/** Every answer of the shop: a trace, an etag and the node that answered change each time. */
export function page(body: unknown, more: Partial<Reply> = {}): Reply {
  const headers = {
    "x-shop-trace": uuid(),
    etag: `"${opaque(12)}"`,
    "cache-control": "private, max-age=30",
    ...more.headers,
  };
  return { body, ...more, headers };
}

/** Parts of a purchase that follow from its number. */
export function purchase(number: string | undefined) {
  const good = goodAt(number);
  return {
    orderRef: `P-${number}`,
    placedOn: "2026-03-14",
    parcelCount: (Number(number) % 3) + 1,
    basketLines: [
      { goodsNumber: good.goodsNumber, unitPriceCents: good.unitPriceCents, pieceCount: 2 },
      { goodsNumber: "G-900", unitPriceCents: 150, pieceCount: 1 },
    ],
    renderedAt: clock(),
  };
}

export function invoice(number: string | undefined) {
  const netCents = goodAt(number).unitPriceCents * 2 + 150;
  const vatCents = Math.round(netCents * 0.19);
  return { invoiceRef: `I-${number}`, netCents, vatCents, grandTotalCents: netCents + vatCents, printedAt: clock() };
}

export function shopper(number: string | undefined) {
  const loyaltyTier = ["bronze", "silver", "gold"][Number(number) % 3];
  return { shopperRef: `S-${number}`, greetingLine: `Hello, shopper ${number}`, loyaltyTier, visitKey: opaque(24) };
}

export const GREETING = { greetingLine: "Welcome back", openUntil: "20:00" };

export const production: Routes = {
  "GET /goods": () => page({ goodsOnShelf: GOODS, pageCursor: opaque(18) }),
  "GET /goods/{}": ({ parts }) => page({ ...goodAt(parts[0]), countedAt: clock() }),
  "GET /purchases/{}": ({ parts }) => page(purchase(parts[0])),
  "GET /purchases/{}/invoice": ({ parts }) => page(invoice(parts[0])),
  "GET /shoppers/{}": ({ parts }) => page(shopper(parts[0])),
  "GET /baskets/{}/quote": ({ parts }) => page({ basketRef: `B-${parts[0]}`, quoteCents: 1200, quotedAt: clock() }),
  "GET /greeting": () =>
    page(GREETING, { headers: { "set-cookie": `shop_visit=${opaque(16)}; Path=/; HttpOnly; SameSite=Lax` } }),
  "GET /find": ({ query }) => page({ searchedFor: query.get("q"), foundGoods: GOODS.slice(0, 3) }, { workMs: 4 }),

  // Noise alone from here on.
  "GET /pulse": () =>
    page({ heartbeatAt: clock(), heartbeatSeconds: epochSeconds(), probeRef: uuid(), doorCount: anyNumber(1, 900) }),
  "GET /shelf-labels": () =>
    page({ labelSet: shuffled(["sale", "steel", "oak", "handmade", "blue", "giftable"]), aisle: 4 }),
  "GET /links": ({ origin }) =>
    page({
      selfLink: `${origin}/links`,
      pictureLink: `https://pictures.shop.test/teapot.png?expires=${epochSeconds() + 900}&signature=${opaque(32)}`,
    }),
  "GET /price-notes": () => page('{"noteLine":"caf\\u00e9","discountShare":12.50,"taxShare":19}', JSON_TEXT),
  "GET /badge": () =>
    page(
      { badgeKey: opaque(32), issuedAt: clock() },
      { headers: { "set-cookie": `shop_badge=${opaque(20)}; Path=/; HttpOnly` } },
    ),
};

export const JSON_TEXT = { headers: { "content-type": "application/json" } };
