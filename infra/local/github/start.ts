/** Starts the stand-in of GitHub's API: state in memory, HTTP on 127.0.0.1. */
import { APP_ID, appKey, newToken } from "./access.ts";
import { createDeliveries } from "./deliveries.ts";
import { ENTERPRISE_PREFIX } from "./dispatch.ts";
import { addRepository } from "./repository.ts";
import { listen, portOf } from "./server.ts";
import type { GitHubOptions, LocalGitHub } from "./stand-in.ts";
import type { State } from "./state.ts";

const HOUR_MS = 3_600_000;

/** Rejects when the port is taken. Takes milliseconds; whoever starts it closes it. */
export async function startGitHub(options: GitHubOptions = {}): Promise<LocalGitHub> {
  const state = newState(options);
  const deliveries = createDeliveries();
  const server = await listen(state, options.port ?? 0);
  const origin = `http://127.0.0.1:${portOf(server)}`;
  state.origin = () => origin;
  return {
    origin,
    enterpriseUrl: `${origin}${ENTERPRISE_PREFIX}`,
    token: state.token,
    app: () => ({ appId: String(APP_ID), privateKey: appKey(state).privateKey }),
    repository: (fullName, settings) => addRepository({ state, deliveries }, fullName, settings),
    deliveries,
    fail: (fault) => {
      state.fault = fault;
    },
    calls: state.calls,
    revokeTokens: () => state.tokens.clear(),
    close: async () => {
      deliveries.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function newState(options: GitHubOptions): State {
  return {
    now: options.now ?? Date.now,
    origin: () => "",
    permissions: options.permissions ?? null,
    tokenLifeMs: options.tokenLifeMs ?? HOUR_MS,
    token: newToken("person"),
    repositories: new Map(),
    formerNames: new Map(),
    commits: new Map(),
    trees: new Map(),
    blobs: new Map(),
    tokens: new Map(),
    installations: new Map(),
    calls: [],
    fault: null,
    appKey: null,
    lastId: 0,
  };
}
