/** The servers of both sets. A server belongs to one set as a whole, so that nothing of a held-out one is ever tuned on. */
import * as acquirer from "../../fixtures/pairs/servers/held-out/acquirer.mjs";
import * as articles from "../../fixtures/pairs/servers/held-out/articles.mjs";
import * as atlas from "../../fixtures/pairs/servers/held-out/atlas.mjs";
import * as clinic from "../../fixtures/pairs/servers/held-out/clinic.mjs";
import * as countries from "../../fixtures/pairs/servers/held-out/countries.mjs";
import * as feeds from "../../fixtures/pairs/servers/held-out/feeds.mjs";
import * as helpdesk from "../../fixtures/pairs/servers/held-out/helpdesk.mjs";
import * as hotel from "../../fixtures/pairs/servers/held-out/hotel.mjs";
import * as pages from "../../fixtures/pairs/servers/held-out/pages.mjs";
import * as payments from "../../fixtures/pairs/servers/held-out/payments.mjs";
import * as releases from "../../fixtures/pairs/servers/held-out/releases.mjs";
import * as vault from "../../fixtures/pairs/servers/held-out/vault.mjs";
import * as ward from "../../fixtures/pairs/servers/held-out/ward.mjs";
import * as bazaar from "../../fixtures/pairs/servers/tuned/bazaar.mjs";
import * as board from "../../fixtures/pairs/servers/tuned/board.mjs";
import * as convoys from "../../fixtures/pairs/servers/tuned/convoys.mjs";
import * as exports from "../../fixtures/pairs/servers/tuned/exports.mjs";
import * as fleet from "../../fixtures/pairs/servers/tuned/fleet.mjs";
import * as graph from "../../fixtures/pairs/servers/tuned/graph.mjs";
import * as ledger from "../../fixtures/pairs/servers/tuned/ledger.mjs";
import * as network from "../../fixtures/pairs/servers/tuned/network.mjs";
import * as shop from "../../fixtures/pairs/servers/tuned/shop.mjs";
import * as tenants from "../../fixtures/pairs/servers/tuned/tenants.mjs";

export const SERVERS = {
  "held-out": {
    acquirer,
    articles,
    atlas,
    clinic,
    countries,
    feeds,
    helpdesk,
    hotel,
    pages,
    payments,
    releases,
    vault,
    ward,
  },
  tuned: { bazaar, board, convoys, exports, fleet, graph, ledger, network, shop, tenants },
};
