/**
 * Plays the ingress controller of a cluster whose pods this machine reaches by published ports only: the Host header -> the Ingress ->
 * its Service -> a ready pod -> the port that the pod's annotation names. No such host, or no ready pod, is an answer of its own
 * without any stamp, as an edge or tunnel would give.
 */
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CoreV1Api, type KubeConfig, NetworkingV1Api, type V1Pod } from "@kubernetes/client-node";

/** How this machine reaches a pod: `{"8080": 32768}`. */
const HOST_PORTS = "shadow-test-cluster/host-ports";
/** Routes are looked up again after that, as a controller follows its watch. */
const FRESH_MS = 250;

export interface Ingress {
  readonly origin: string;
  /** Asks for a path under a host, as the edge does. */
  readonly fetch: (host: string, path: string, headers?: Readonly<Record<string, string>>) => Promise<IngressAnswer>;
  readonly close: () => Promise<void>;
}

interface IngressAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

interface Route {
  readonly host: string;
  readonly ports: readonly number[];
}

export async function startIngress(kubeConfig: KubeConfig): Promise<Ingress> {
  const find = freshly(async () => routesOf(kubeConfig));
  const server = createServer((incoming, outgoing) => {
    void find()
      .then((routes) => pass(routes, incoming, outgoing))
      .catch((error: unknown) => outgoing.writeHead(502).end(`the ingress cannot ask its cluster: ${String(error)}`));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    fetch: async (host, path, headers = {}) => fetchAs(port, { host, path, headers }),
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function freshly(look: () => Promise<readonly Route[]>): () => Promise<readonly Route[]> {
  let known: { readonly at: number; readonly routes: Promise<readonly Route[]> } | null = null;
  return async () => {
    const now = performance.now();
    if (known === null || now - known.at > FRESH_MS) known = { at: now, routes: look() };
    return known.routes;
  };
}

async function routesOf(kubeConfig: KubeConfig): Promise<readonly Route[]> {
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const { items } = await kubeConfig.makeApiClient(NetworkingV1Api).listIngressForAllNamespaces();
  const routes = items.flatMap(({ metadata, spec }) =>
    (spec?.rules ?? []).flatMap(({ host, http }) =>
      (http?.paths ?? []).map(({ backend }) => ({
        host: host ?? "",
        namespace: metadata?.namespace ?? "",
        service: backend.service,
      })),
    ),
  );
  return Promise.all(
    routes.map(async ({ host, namespace, service }) => {
      const found = await core.readNamespacedService({ namespace, name: service?.name ?? "" }).catch(() => null);
      const target = found?.spec?.ports?.find(({ port }) => port === service?.port?.number)?.targetPort;
      const labelSelector = Object.entries(found?.spec?.selector ?? {})
        .map(([name, value]) => `${name}=${value}`)
        .join(",");
      const pods = found === null ? [] : (await core.listNamespacedPod({ namespace, labelSelector })).items;
      return { host, ports: pods.filter(isReady).flatMap((pod) => portOf(pod, String(target))) };
    }),
  );
}

function isReady({ metadata, status }: V1Pod): boolean {
  return (
    metadata?.deletionTimestamp === undefined &&
    (status?.conditions ?? []).some(({ type, status: is }) => type === "Ready" && is === "True")
  );
}

function portOf({ metadata }: V1Pod, port: string): readonly number[] {
  // The annotation is written by the test cluster's own kubelet.
  const published = JSON.parse(metadata?.annotations?.[HOST_PORTS] ?? "{}") as Record<string, number>;
  const found = published[port];
  return found === undefined ? [] : [found];
}

function pass(routes: readonly Route[], incoming: IncomingMessage, outgoing: ServerResponse): void {
  const host = (incoming.headers.host ?? "").replace(/:\d+$/, "");
  const route = routes.find((candidate) => candidate.host === host);
  if (route === undefined) {
    outgoing.writeHead(404).end("no such host\n");
    return;
  }
  const [port] = route.ports;
  if (port === undefined) {
    outgoing.writeHead(503).end("no pod is ready\n");
    return;
  }
  const { method, url, headers } = incoming;
  const onward = ask({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on("error", (error) => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end(`the pod hung up: ${error.message}\n`);
  });
  incoming.pipe(onward);
}

async function fetchAs(
  port: number,
  {
    host,
    path,
    headers,
  }: { readonly host: string; readonly path: string; readonly headers: Readonly<Record<string, string>> },
): Promise<IngressAnswer> {
  return new Promise((resolve, reject) => {
    const request = ask({ host: "127.0.0.1", port, path, headers: { ...headers, host } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
      answer.on("error", reject);
    });
    request.on("error", reject);
    request.end();
  });
}
