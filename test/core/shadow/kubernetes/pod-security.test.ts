/** The checker itself: every control fires on a pod that breaks it, and none on a pod that breaks nothing. */
import type { V1Container, V1PodSpec, V1SecurityContext } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import { CONTROLS, podSecurityBreaks } from "./pod-security.ts";

/** As plain data, not as the client's class. */
type Security = Pick<V1SecurityContext, keyof V1SecurityContext>;

const GOOD: Security = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

function pod(container: Partial<V1Container> = {}, says: Partial<V1PodSpec> = {}): V1PodSpec {
  return { containers: [{ name: "web", securityContext: GOOD, ...container }], ...says };
}

const security = (says: Security): V1PodSpec => pod({ securityContext: { ...GOOD, ...says } });

const BROKEN: Readonly<Record<string, V1PodSpec>> = {
  HostProcess: security({ windowsOptions: { hostProcess: true } }),
  "Host Namespaces": pod({}, { hostPID: true }),
  "Privileged Containers": security({ privileged: true }),
  "Capabilities (baseline)": security({ capabilities: { drop: ["ALL"], add: ["NET_RAW"] } }),
  "HostPath Volumes": pod({}, { volumes: [{ name: "v", hostPath: { path: "/" } }] }),
  "Host Ports": pod({ ports: [{ containerPort: 80, hostPort: 80 }] }),
  "Host Probes / Lifecycle Hooks": pod({ readinessProbe: { tcpSocket: { port: 1, host: "169.254.169.254" } } }),
  AppArmor: security({ appArmorProfile: { type: "Unconfined" } }),
  SELinux: security({ seLinuxOptions: { type: "spc_t" } }),
  "/proc Mount Type": security({ procMount: "Unmasked" }),
  "Seccomp (baseline)": security({ seccompProfile: { type: "Unconfined" } }),
  Sysctls: pod({}, { securityContext: { sysctls: [{ name: "kernel.core_pattern", value: "|/x" }] } }),
  "Volume Types": pod({}, { volumes: [{ name: "v", nfs: { path: "/", server: "x" } }] }),
  "Privilege Escalation": security({ allowPrivilegeEscalation: true }),
  "Running as Non-root": security({ runAsNonRoot: false }),
  "Running as Non-root user": security({ runAsUser: 0 }),
  Seccomp: pod({ securityContext: { ...GOOD, seccompProfile: undefined } }),
  Capabilities: security({ capabilities: { drop: ["ALL"], add: ["CHOWN"] } }),
};

describe("the checker of Pod Security", () => {
  it.each(CONTROLS)("sees what breaks $name", ({ name, level }) => {
    const broken = BROKEN[name];
    expect(broken).toBeDefined();
    expect(podSecurityBreaks(broken ?? pod(), level).some((one) => one.startsWith(`${name}:`))).toBe(true);
  });

  it("sees nothing in a pod that breaks nothing", () => {
    expect(podSecurityBreaks(pod(), "restricted")).toEqual([]);
  });

  it("looks at init containers too", () => {
    const init = { name: "i", securityContext: { privileged: true } };
    expect(podSecurityBreaks(pod({}, { initContainers: [init] }), "baseline")).toEqual([
      "Privileged Containers: initContainers[0].privileged",
    ]);
  });
});
