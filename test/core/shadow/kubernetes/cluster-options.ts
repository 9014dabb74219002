/** A cluster whose operator says no more than has to be said. */
import type { ClusterOptions } from "../../../../core/shadow/kubernetes/options.ts";

export const PLAIN_CLUSTER = {
  namespace: null,
  reach: { kind: "ingress", className: null },
  gatewayImage: "gateway:1",
  stripHeaders: [],
  pullSecret: null,
  suffix: "shadow.example.com",
} as const satisfies ClusterOptions;
