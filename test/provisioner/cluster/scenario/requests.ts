/**
 * The apps' own logs of the requests they got, followed from the moment a pod is there until its last line: what was mirrored, to
 * which pod, and when. Read as the cluster's administrator, who looks on.
 */
import { Writable } from "node:stream";
import { CoreV1Api, type KubeConfig, Log } from "@kubernetes/client-node";
import { type RequestLog, requestIn, type Seen } from "../../scenario/request-log.ts";

const LOOK_MS = 300;

/** Follows the service `web` of every stack whose namespace `isOurs`. */
export function followRequests(kubeConfig: KubeConfig, isOurs: (namespace: string) => boolean): RequestLog {
  const api = kubeConfig.makeApiClient(CoreV1Api);
  const followed = new Set<string>();
  const seen: Seen[] = [];
  const state = { open: true };

  async function look(): Promise<void> {
    const { items } = await api.listPodForAllNamespaces();
    for (const { metadata, spec, status } of items) {
      const { namespace = "", uid = "", name = "" } = metadata ?? {};
      const runs = status?.containerStatuses?.some((one) => one.name === "web" && one.started === true) ?? false;
      const isWeb = spec?.containers.some((one) => one.name === "web") ?? false;
      if (isOurs(namespace) && isWeb && runs && !followed.has(uid)) void follow({ namespace, name, uid });
    }
  }

  async function follow({ namespace, name, uid }: Readonly<Record<"namespace" | "name" | "uid", string>>) {
    const lines = linesInto((line) => {
      const one = requestIn(line);
      if (one !== null) seen.push({ stack: namespace, ...one });
    });
    followed.add(uid);
    try {
      // Ends with the container.
      await new Log(kubeConfig).log(namespace, name, "web", lines, { follow: true });
    } catch {
      // It was gone in between, or is not there yet: the next look decides.
      followed.delete(uid);
    }
  }

  const looking = (async () => {
    while (state.open) {
      // An API server that is busy is asked again.
      await look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  })();

  return {
    seen,
    of: (stack) => seen.filter((one) => one.stack === stack),
    close: async () => {
      state.open = false;
      await looking;
    },
  };
}

function linesInto(take: (line: string) => void): Writable {
  let rest = "";
  const writable = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      const lines = `${rest}${chunk.toString()}`.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(line);
      done();
    },
  });
  // Cut at the end of the test.
  writable.on("error", () => undefined);
  return writable;
}
