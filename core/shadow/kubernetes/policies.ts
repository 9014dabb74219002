/**
 * Network policies: nothing in, nothing out, but for the paths a stack needs. Policies know addresses only, so names of `egress` are
 * looked up by the driver; addresses that lead to credentials or to the cluster's own API stay closed whatever is asked for.
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
import { isAddress, isClosed, isIpv4, isSameAddress } from "../stack/address.ts";
import { ownName } from "../stack/names.ts";
import { type Draft, objectOf } from "./draft.ts";
import { GATEWAY_PORT, gatewayName } from "./gateway.ts";
import { LABELS } from "./labels.ts";
import type { JsonObject, KubernetesObject } from "./object.ts";
import type { StackNote } from "./stack.ts";

const DNS_PORT = 53;
const HIGHEST_PORT = 65_535;
/** On every namespace since Kubernetes 1.21. */
const NAMESPACE_NAME = "kubernetes.io/metadata.name";

export function policiesOf(draft: Draft): readonly KubernetesObject[] {
  const everyone: JsonObject = { matchLabels: draft.selector };
  const mates = [{ podSelector: everyone }];
  return [
    policy(draft, "deny", { podSelector: everyone, policyTypes: ["Ingress", "Egress"] }),
    policy(draft, "inside", {
      podSelector: everyone,
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: mates }],
      egress: [{ to: mates }],
    }),
    policy(draft, "names", {
      podSelector: everyone,
      policyTypes: ["Egress"],
      egress: [{ to: [dns()], ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: DNS_PORT })) }],
    }),
    policy(draft, "way-in", wayIn(draft)),
    ...egressOf(draft),
  ];
}

function policy(draft: Draft, name: string, spec: JsonObject): KubernetesObject {
  return objectOf(draft, "NetworkPolicy", { name: ownName(draft.names, name), spec });
}

function dns(): JsonObject {
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: "kube-system" } },
    podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
  };
}

/** A port of the node is reached from outside the cluster, where there are no pods to name. */
function wayIn(draft: Draft): JsonObject {
  const { cluster, selector } = draft;
  const namespace = cluster.ingressNamespace ?? null;
  const from: readonly JsonObject[] =
    namespace === null
      ? [{ namespaceSelector: {} }]
      : [{ namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: namespace } } }];
  return {
    podSelector: { matchLabels: { ...selector, [LABELS.workload]: gatewayName(draft) } },
    policyTypes: ["Ingress"],
    ingress: [
      { ...(cluster.reach.kind === "node-port" ? {} : { from }), ports: [{ protocol: "TCP", port: GATEWAY_PORT }] },
    ],
  };
}

interface Target {
  readonly text: string;
  readonly host: string;
  readonly port: number;
}

/** `host:port` each; what is not of that form is nobody's. */
function targetsOf({ workload }: Draft): readonly Target[] {
  return [...new Set(workload.egress)].flatMap((text) => {
    const [, host = "", digits = ""] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(text) ?? [];
    const port = Number(digits);
    return host !== "" && port >= 1 && port <= HIGHEST_PORT ? [{ text, host, port }] : [];
  });
}

/** Host names whose addresses are not known yet. A name with an asterisk has none. */
export function hostsWanted(draft: Draft): readonly string[] {
  const hosts = targetsOf(draft).map(({ host }) => host);
  return [...new Set(hosts)].filter(
    (host) => !isAddress(host) && !host.includes("*") && !Object.hasOwn(draft.addresses.resolved, host),
  );
}

/** For the services and the seed; the gateway speaks to the stack only. */
function egressOf(draft: Draft): readonly KubernetesObject[] {
  const egress = targetsOf(draft).flatMap((target) => {
    const to = openAddresses(draft, target.host).map((address) => ({
      ipBlock: { cidr: `${address}/${isIpv4(address) ? 32 : 128}` },
    }));
    return to.length === 0 ? [] : [{ to, ports: [{ protocol: "TCP", port: target.port }] }];
  });
  const podSelector = {
    matchLabels: draft.selector,
    matchExpressions: [{ key: LABELS.part, operator: "In", values: ["service", "seed"] }],
  };
  return egress.length === 0 ? [] : [policy(draft, "egress", { podSelector, policyTypes: ["Egress"], egress })];
}

function addressesOf({ addresses }: Draft, host: string): readonly string[] {
  if (isAddress(host)) return [host];
  const known = Object.hasOwn(addresses.resolved, host) ? (addresses.resolved[host] ?? []) : [];
  return [...new Set(known)].filter(isAddress);
}

function openAddresses(draft: Draft, host: string): readonly string[] {
  const apiServer = draft.addresses.apiServer ?? [];
  return addressesOf(draft, host).filter(
    (address) => !isClosed(address) && !apiServer.some((own) => isSameAddress(own, address)),
  );
}

/** What of `egress` stays closed, and why. */
export function egressNotes(draft: Draft): readonly StackNote[] {
  const wanted = hostsWanted(draft);
  return targetsOf(draft).flatMap(({ text, host }): readonly StackNote[] => {
    if (wanted.includes(host) || openAddresses(draft, host).length > 0) return [];
    const why = host.includes("*")
      ? "a network policy knows addresses, and a name with an asterisk has none"
      : addressesOf(draft, host).length > 0
        ? "its address is this machine's, its network's or the cluster's own"
        : "its name does not resolve";
    return [
      { service: null, code: "egress-closed", effect: "dropped", message: `The stack cannot reach ${text}: ${why}.` },
    ];
  });
}
