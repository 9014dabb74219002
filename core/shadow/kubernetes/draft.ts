/** Everything that the parts of the translation need to know of a stack, worked out once. */
import type { Result } from "../../pair/result.ts";
import type { ComposeService } from "../compose/project.ts";
import { stackNameOf } from "../stack/identity.ts";
import { namesOf, type StackNames } from "../stack/names.ts";
import { inOrder, type Lasting, lastingOf } from "../stack/order.ts";
import { type KnownPorts, portsOf } from "../stack/ports.ts";
import { type Share, sharesOf } from "../stack/share.ts";
import type { ComposeWorkload, StackSpec } from "../stack/spec.ts";
import { type Identity, knownUserOf } from "../stack/user.ts";
import { stackLabels, stackSelector } from "./labels.ts";
import type { JsonObject, KubernetesObject, ObjectMetadata, StackKind } from "./object.ts";
import { apiVersionOf } from "./object.ts";
import type { ClusterOptions, KnownAddresses } from "./options.ts";
import type { StackRefusal } from "./stack.ts";

export interface Draft {
  readonly spec: StackSpec;
  readonly workload: ComposeWorkload;
  readonly cluster: ClusterOptions;
  readonly addresses: KnownAddresses;
  readonly stack: string;
  readonly namespace: string;
  readonly names: StackNames;
  /** A service after those it depends on. */
  readonly services: readonly ServiceDraft[];
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
}

/** One service with what was found out about it. */
export interface ServiceDraft {
  readonly service: ComposeService;
  /** Object name. */
  readonly name: string;
  readonly image: string;
  readonly ports: KnownPorts;
  readonly share: Share;
  readonly lasting: Lasting;
  /** Numeric; null: the image's own. */
  readonly user: Identity | null;
  readonly restricted: boolean;
}

export function draftOf(
  spec: StackSpec,
  cluster: ClusterOptions,
  addresses: KnownAddresses,
): Result<Draft, StackRefusal> {
  const { workload } = spec;
  if (workload.kind !== "compose")
    return { ok: false, reason: "not-compose", detail: `There is no compose file to run, but a ${workload.kind}.` };
  const ordered = inOrder(workload.project.services);
  if (!ordered.ok) return ordered;
  const shares = sharesOf(spec);
  if (!shares.ok) return shares;
  const stack = stackNameOf(spec.identity);
  const names = namesOf(
    workload.project.services.map(({ name }) => name),
    cluster.namespace === null ? null : stack,
  );
  const ports = portsOf(workload);
  const services = ordered.value.flatMap((service): readonly ServiceDraft[] => {
    const share = shares.value.get(service.name);
    const image = Object.hasOwn(workload.images, service.name) ? (workload.images[service.name] ?? "") : "";
    const user = knownUserOf(service, image);
    return share === undefined
      ? []
      : [
          {
            service,
            name: names.services.get(service.name) ?? service.name,
            image,
            ports: ports.get(service.name) ?? { declared: [], all: [], sure: null },
            share,
            lasting: lastingOf(service, workload.project, workload.entry.service),
            user,
            // A number above 0 needs nothing of baseline, whatever is allowed.
            restricted: spec.limits.podSecurity === "restricted" || (user !== null && user.uid > 0),
          },
        ];
  });
  return {
    ok: true,
    value: {
      spec,
      workload,
      cluster,
      addresses,
      stack,
      namespace: cluster.namespace ?? stack,
      names,
      services,
      labels: stackLabels(spec),
      selector: stackSelector(spec),
    },
  };
}

/** An object of the stack: its labels, and the namespace. */
export function objectOf(
  draft: Draft,
  kind: StackKind,
  { name, labels = {}, annotations, ...content }: Content,
): KubernetesObject {
  const metadata: ObjectMetadata = {
    name,
    ...(kind === "Namespace" ? {} : { namespace: draft.namespace }),
    labels: { ...draft.labels, ...labels },
    ...(annotations === undefined ? {} : { annotations }),
  };
  return { apiVersion: apiVersionOf(kind), kind, metadata, ...content };
}

interface Content
  extends Pick<KubernetesObject, "data" | "type" | "automountServiceAccountToken" | "imagePullSecrets"> {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: JsonObject;
}
