/** Every operation of the contract and what answers it. A missing one does not compile. */
import type { OperationId } from "../../../core/wire/api/contract.ts";
import { getDocs, getOpenApi } from "../docs/endpoints.ts";
import { compare } from "./compare.ts";
import { postDelivery } from "./deliveries.ts";
import { getDeployment, getPull, listDeployments } from "./deployments.ts";
import { listDrifts } from "./drifts.ts";
import type { Handler } from "./handler.ts";
import { getKillSwitch, putKillSwitch } from "./kill-switch.ts";
import { postLease, postLeases } from "./lease.ts";
import { getLedger } from "./ledger.ts";
import { getMetrics } from "./metrics.ts";
import { getPair, listPairs } from "./pairs.ts";
import { listProbes, postProbe } from "./probes.ts";
import { deleteDeployment, postState, putDeployment } from "./provision.ts";
import { listRouteAliases, postRouteAliases } from "./route-aliases.ts";
import { listRoutes } from "./routes.ts";
import { getHealth, getReadiness, getVersion } from "./service.ts";
import { getShadowStats, postShadowEvents } from "./shadow.ts";
import { getTrendNames, getTrendOverview } from "./trend-overview.ts";
import { getTrends } from "./trends.ts";

export const HANDLERS: { readonly [Id in OperationId]: Handler<Id> } = {
  listDeployments,
  getDeployment,
  listDrifts,
  listPairs,
  listRoutes,
  getLedger,
  getKillSwitch,
  putKillSwitch,
  getPair,
  getPull,
  listRouteAliases,
  postRouteAliases,
  putDeployment,
  postState,
  postLease,
  postLeases,
  postDelivery,
  deleteDeployment,
  compare,
  postProbe,
  listProbes,
  getTrends,
  getTrendOverview,
  getTrendNames,
  getShadowStats,
  postShadowEvents,
  getHealth,
  getReadiness,
  getVersion,
  getMetrics,
  getOpenApi,
  getDocs,
};
