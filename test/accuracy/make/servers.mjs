/** The servers of both sets. A server belongs to one set as a whole, so that nothing of a held-out one is ever tuned on. */
import * as articles from "./held-out/articles.mjs";
import * as countries from "./held-out/countries.mjs";
import * as feeds from "./held-out/feeds.mjs";
import * as hotel from "./held-out/hotel.mjs";
import * as pages from "./held-out/pages.mjs";
import * as payments from "./held-out/payments.mjs";
import * as releases from "./held-out/releases.mjs";
import * as vault from "./held-out/vault.mjs";
import * as board from "./tuned/board.mjs";
import * as exports from "./tuned/exports.mjs";
import * as shop from "./tuned/shop.mjs";

export const SERVERS = {
  "held-out": { articles, countries, feeds, hotel, pages, payments, releases, vault },
  tuned: { board, exports, shop },
};
