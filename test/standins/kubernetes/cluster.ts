/**
 * A Kubernetes API server in this process, over TLS and the real protocol, that enforces what the driver has to live with: names,
 * immutable fields, conflicts, quotas, slow namespaces. It can be told to refuse, to fail or to hang up.
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { KubeConfig } from "@kubernetes/client-node";
import { makeCertificate } from "./certificate.ts";
import { type Script, turn } from "./controllers.ts";
import { type ApiAnswer, type ApiRequest, answerTo } from "./requests.ts";
import { createStore, type Store } from "./store.ts";

/** Instead of the API's own answer. */
type Interference = ApiAnswer | "hang-up" | "silence";

export interface ClusterDouble {
  readonly kubeConfig: KubeConfig;
  readonly store: Store;
  /** `GET /api/v1/pods`, in order. */
  readonly requests: string[];
  /** How pods of an owner with this name, or beginning with it, fare. */
  readonly script: (owner: string, script: Script) => void;
  /** The first that answers counts; it is asked before anything else. */
  readonly interfere: (what: (request: ApiRequest) => Interference | null) => void;
  readonly settings: { terminationLooks: number; missingGroups: string[]; log: string; previousLog: string };
  readonly clock: { now: number };
  /** TLS connections opened so far. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

const certificate = makeCertificate();
const TOKEN = "double";

export async function startClusterDouble(): Promise<ClusterDouble> {
  const clock = { now: Date.UTC(2026, 0, 1) };
  const store = createStore(() => clock.now);
  const scripts = new Map<string, Script>();
  const settings = { terminationLooks: 1, missingGroups: ["gateway.networking.k8s.io"], log: "", previousLog: "" };
  const requests: string[] = [];
  let interference: (request: ApiRequest) => Interference | null = () => null;
  const scriptOf = (owner: string): Script => {
    const name = [...scripts.keys()].toSorted((a, b) => b.length - a.length).find((start) => owner.startsWith(start));
    return scripts.get(name ?? "") ?? { kind: "fine" };
  };
  const cluster = {
    store,
    now: () => clock.now,
    turn: () => turn(store, { of: scriptOf, now: () => clock.now }),
    terminationLooks: () => settings.terminationLooks,
    logOf: (_pod: unknown, previous: boolean) => (previous ? settings.previousLog : settings.log),
    get missingGroups() {
      return settings.missingGroups;
    },
  };
  const server = createServer(certificate, (incoming, outgoing) => {
    void readRequest(incoming).then((request) => {
      requests.push(`${request.method} ${request.url.pathname}`);
      if (incoming.headers.authorization !== `Bearer ${TOKEN}`)
        return respond(outgoing, { status: 401, body: "Unauthorized" });
      const instead = interference(request);
      if (instead === "hang-up") return incoming.socket.destroy();
      if (instead === "silence") return undefined;
      return respond(outgoing, instead ?? answerTo(cluster, request));
    });
  });
  let connections = 0;
  server.on("secureConnection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    kubeConfig: kubeConfigFor(port),
    store,
    requests,
    script: (owner, script) => void scripts.set(owner, script),
    interfere: (what) => {
      interference = what;
    },
    settings,
    clock,
    connections: () => connections,
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function kubeConfigFor(port: number): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [
      { name: "double", server: `https://127.0.0.1:${port}`, caData: Buffer.from(certificate.cert).toString("base64") },
    ],
    users: [{ name: "driver", token: TOKEN }],
    contexts: [{ name: "double", cluster: "double", user: "driver" }],
    currentContext: "double",
  });
  return kubeConfig;
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return {
    method: incoming.method ?? "GET",
    url: new URL(incoming.url ?? "/", "https://cluster"),
    contentType: incoming.headers["content-type"] ?? "",
    accept: incoming.headers.accept ?? "",
    body: text === "" ? undefined : JSON.parse(text),
  };
}

function respond(outgoing: ServerResponse, { status, body, headers = {} }: ApiAnswer): void {
  const isText = typeof body === "string";
  outgoing.writeHead(status, { "content-type": isText ? "text/plain" : "application/json", ...headers });
  outgoing.end(isText ? body : JSON.stringify(body));
}
