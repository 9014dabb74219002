/** The servers of both sets. A server belongs to one set as a whole, so that nothing of a held-out one is ever tuned on. */
import * as articles from "./servers/articles.mjs";
import * as countries from "./servers/countries.mjs";
import * as feeds from "./servers/feeds.mjs";
import * as hotel from "./servers/hotel.mjs";
import * as pages from "./servers/pages.mjs";
import * as payments from "./servers/payments.mjs";
import * as releases from "./servers/releases.mjs";
import * as vault from "./servers/vault.mjs";

export const SERVERS = {
  "held-out": { articles, countries, feeds, hotel, pages, payments, releases, vault },
  tuned: {},
};
