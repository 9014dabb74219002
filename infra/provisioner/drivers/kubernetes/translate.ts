/** From a spec to objects, with what only the cluster and DNS know filled in: asks, looks up, asks again. */
import { objectsOf } from "../../../../core/shadow/kubernetes/objects-of.ts";
import type { ClusterOptions, KnownAddresses } from "../../../../core/shadow/kubernetes/options.ts";
import type { KubernetesStack, StackRefusal } from "../../../../core/shadow/kubernetes/stack.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { RegistryCredentials } from "../../images/credentials.ts";
import { pullConfigOf } from "../../images/pull-config.ts";
import type { StackFailure } from "../driver.ts";
import type { Resolve } from "./addresses.ts";
import type { LiveService } from "./live.ts";

export interface Translating {
  readonly cluster: ClusterOptions;
  readonly credentials: RegistryCredentials;
  readonly resolve: Resolve;
  /** Of the API server; null: not known. */
  readonly apiServer: string | null;
}

type Translated =
  | { readonly ok: true; readonly stack: KubernetesStack }
  | { readonly ok: false; readonly failure: StackFailure; readonly words: string };

export async function translate(
  translating: Translating,
  spec: StackSpec,
  clusterIps: KnownAddresses["clusterIps"],
): Promise<Translated> {
  const { resolve, apiServer } = translating;
  const cluster = forImagesOf(spec, translating);
  const own = apiServer === null ? [] : await resolve(apiServer);
  const known: KnownAddresses = { resolved: {}, clusterIps, apiServer: own };
  const first = objectsOf(spec, cluster, known);
  if (!first.ok) return refused(first);
  const { hosts } = first.value.wants;
  if (hosts.length === 0) return { ok: true, stack: first.value };
  const found = await Promise.all(hosts.map(async (host) => [host, await resolve(host)] as const));
  const second = objectsOf(spec, cluster, { ...known, resolved: Object.fromEntries(found) });
  return second.ok ? { ok: true, stack: second.value } : refused(second);
}

/** The gateway runs beside the services, so its image is one of the stack's. */
function forImagesOf({ workload }: StackSpec, { cluster, credentials }: Translating): ClusterOptions {
  if (workload.kind !== "compose") return cluster;
  const images = [...Object.values(workload.images), cluster.gatewayImage];
  return { ...cluster, pullConfig: pullConfigOf(credentials, images) };
}

function refused({ reason, detail }: { readonly reason: StackRefusal; readonly detail?: string }): Translated {
  return { ok: false, failure: reason === "limits-exceeded" ? "quota" : "config-error", words: detail ?? reason };
}

/** ClusterIP by name of the Service; one without has none to know. */
export function clusterIpsOf(services: readonly LiveService[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    services.flatMap(({ metadata, spec }) => {
      const ip = spec?.clusterIP ?? "";
      return ip === "" || ip === "None" ? [] : [[metadata.name, ip] as const];
    }),
  );
}
