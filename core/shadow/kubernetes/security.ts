/**
 * What containers may do, by Pod Security level: *restricted* where the user is known or promised not to be root, otherwise *baseline*.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
import { ROOT_CAPABILITIES } from "../stack/capabilities.ts";
import { groupsOf } from "../stack/user.ts";
import type { Draft, ServiceDraft } from "./draft.ts";
import type { JsonObject } from "./object.ts";

/** Belongs to nobody in any image. Our own containers run as this one. */
const OWN_USER = 65_532;

/** Ports below are root's, unless the pod's own network says otherwise. */
const FIRST_FREE_PORT = 1_024;

export function containerSecurity({ service, restricted, user }: ServiceDraft): JsonObject {
  return {
    allowPrivilegeEscalation: false,
    capabilities: restricted ? { drop: ["ALL"] } : { drop: ["ALL"], add: [...ROOT_CAPABILITIES] },
    privileged: false,
    readOnlyRootFilesystem: service.readOnly,
    ...(restricted ? { runAsNonRoot: true } : {}),
    ...(user === null ? {} : { runAsUser: user.uid, ...(user.gid === null ? {} : { runAsGroup: user.gid }) }),
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** Of containers of ours. `as`: those that make folders for a service run as its user. */
export function ownSecurity(as: { readonly uid: number; readonly gid: number | null } | null = null): JsonObject {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    runAsUser: as?.uid ?? OWN_USER,
    runAsGroup: as === null ? OWN_USER : (as.gid ?? as.uid),
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** What holds for the whole pod of a service. */
export function podSecurity(part: ServiceDraft): JsonObject {
  const { user, restricted, service } = part;
  const groups = groupsOf(service);
  const low = part.ports.all.some(({ port }) => port < FIRST_FREE_PORT);
  return {
    ...(restricted ? { runAsNonRoot: true } : {}),
    seccompProfile: { type: "RuntimeDefault" },
    // Volumes belong to the service's group, so that it can write without being root.
    ...(user === null || user.uid === 0 ? {} : { fsGroup: user.gid ?? user.uid }),
    ...(groups.length === 0 ? {} : { supplementalGroups: [...groups] }),
    ...(low && restricted ? { sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] } : {}),
  };
}

/** What every pod of a stack has in common: no access to the cluster's API, no variables about other Services. */
export function podBasics(account: string): JsonObject {
  return { automountServiceAccountToken: false, enableServiceLinks: false, serviceAccountName: account };
}

/** What the stack as a whole meets. */
export function levelOf({ services }: Draft): "restricted" | "baseline" {
  return services.every(({ restricted }) => restricted) ? "restricted" : "baseline";
}
